/*
 * Design: from the last page of the heap down to the first, and the undoing
 * upwards again.
 *
 * A test must not assume which pages were mapped before an error, nor which
 * page gets the first frame of the source.
 */
#include "memory/heap.h"

#include "lab.h"

#define HEAP_PAGES (HEAP_SIZE / PAGE_SIZE)

static struct page heap_page(uint64_t index)
{
	return (struct page){ HEAP_START + index * PAGE_SIZE };
}

/* Map the page to a frame of its own; on an error none is kept. */
static enum map_result map_page(const struct mapper *mapper, struct page page,
				struct frame_source *frames)
{
	struct frame frame = frame_source_allocate(frames);
	enum map_result result;

	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(mapper, page, frame, PTE_WRITABLE | PTE_NO_EXECUTE,
			frames);
	if (result != MAP_OK)
		frame_source_deallocate(frames, frame);
	return result;
}

static void unmap_page(const struct mapper *mapper, struct page page,
		       struct frame_source *frames)
{
	struct frame frame;
	enum map_result result = unmap(mapper, page, &frame);

	require(result == MAP_OK, "unmap of heap page 0x%llx: %s",
		(unsigned long long)page.start, map_result_name(result));
	frame_source_deallocate(frames, frame);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = MAP_OK;
	uint64_t first = HEAP_PAGES; /* the lowest page that is mapped */

	while (first > 0) {
		result = map_page(mapper, heap_page(first - 1), frames);
		if (result != MAP_OK)
			break;
		first--;
	}
	if (result == MAP_OK)
		return MAP_OK;
	for (; first < HEAP_PAGES; first++)
		unmap_page(mapper, heap_page(first), frames);
	return result;
}
