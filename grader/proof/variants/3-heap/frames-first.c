/*
 * Design: take the frames of all pages before the first page is mapped, so that
 * a heap that there is no memory for costs no mapping at all.  The frames stay
 * in an array, which is all that the undoing needs.
 *
 * A test must not assume that frames for pages and frames for tables are asked
 * for in turn, nor that a page in the way is found before a frame is taken.
 */
#include "memory/heap.h"

#include "lab.h"

#define HEAP_PAGES (HEAP_SIZE / PAGE_SIZE)

static struct page heap_page(uint64_t index)
{
	return page_containing(HEAP_START + index * PAGE_SIZE);
}

static void give_back(const struct frame *taken, uint64_t count,
		      struct frame_source *frames)
{
	for (uint64_t i = 0; i < count; i++)
		frame_source_deallocate(frames, taken[i]);
}

/* Take `count` frames, or none. */
static bool take(struct frame *taken, uint64_t count,
		 struct frame_source *frames)
{
	for (uint64_t i = 0; i < count; i++) {
		taken[i] = frame_source_allocate(frames);
		if (frame_is_none(taken[i])) {
			give_back(taken, i, frames);
			return false;
		}
	}
	return true;
}

/* Map the pages to these frames, all of them or none. */
static enum map_result map_pages(const struct mapper *mapper,
				 const struct frame *taken,
				 struct frame_source *frames)
{
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		enum map_result result =
			map_to(mapper, heap_page(i), taken[i],
			       PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		struct frame frame;

		if (result == MAP_OK)
			continue;
		while (i-- > 0)
			require(unmap(mapper, heap_page(i), &frame) == MAP_OK,
				"heap page %llu is not mapped any more",
				(unsigned long long)i);
		return result;
	}
	return MAP_OK;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame taken[HEAP_PAGES];
	enum map_result result;

	if (!take(taken, HEAP_PAGES, frames))
		return FRAME_ALLOCATION_FAILED;
	result = map_pages(mapper, taken, frames);
	if (result != MAP_OK)
		give_back(taken, HEAP_PAGES, frames);
	return result;
}
