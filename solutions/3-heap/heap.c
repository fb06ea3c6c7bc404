/*
 * The heap region.  What init_heap has to do is said in memory/heap.h.
 */
#include "memory/heap.h"

#include "lab.h"

/* Your own types, variables and helpers: here. */

#define HEAP_END (HEAP_START + HEAP_SIZE)

/* Map one page to a new frame; on an error the frame is given back. */
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

/* Undo map_page for the pages from the heap's first one up to `end`. */
static void unmap_pages(const struct mapper *mapper, uint64_t end,
			struct frame_source *frames)
{
	for (uint64_t start = HEAP_START; start < end; start += PAGE_SIZE) {
		struct frame frame;
		enum map_result result =
			unmap(mapper, page_containing(start), &frame);

		require(result == MAP_OK, "unmap of heap page 0x%llx: %s",
			(unsigned long long)start, map_result_name(result));
		frame_source_deallocate(frames, frame);
	}
}

/* End of your own. */

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	/* Lab 3, task 1: your code here. */
	for (uint64_t start = HEAP_START; start < HEAP_END;
	     start += PAGE_SIZE) {
		enum map_result result =
			map_page(mapper, page_containing(start), frames);

		if (result == MAP_OK)
			continue;
		unmap_pages(mapper, start, frames);
		return result;
	}
	return MAP_OK;
	/* End of your code. */
}
