/*
 * Design: two passes.  The first only looks, with translate, whether anything
 * is in the way; the second maps, and can then fail for want of frames only.
 *
 * A test must not assume that map_to is what reports a page in the way, nor
 * that anything was mapped and undone again before such a page was found.
 */
#include "memory/heap.h"

#include "lab.h"

#define HEAP_END (HEAP_START + HEAP_SIZE)

/* What map_to would say about the first page that is in the way. */
static enum map_result look(const struct mapper *mapper)
{
	for (uint64_t start = HEAP_START; start < HEAP_END;
	     start += PAGE_SIZE) {
		struct translation there = translate(mapper, start);

		if (there.mapped)
			return there.page_size == PAGE_SIZE ?
				       PAGE_ALREADY_MAPPED :
				       PARENT_ENTRY_HUGE_PAGE;
	}
	return MAP_OK;
}

/* Unmap the pages below `end`, and give back what they had. */
static void undo(const struct mapper *mapper, uint64_t end,
		 struct frame_source *frames)
{
	while (end > HEAP_START) {
		struct frame frame;

		end -= PAGE_SIZE;
		require(unmap(mapper, (struct page){ end }, &frame) == MAP_OK,
			"heap page 0x%llx is not mapped any more",
			(unsigned long long)end);
		frame_source_deallocate(frames, frame);
	}
}

/* Map every page; none of them is mapped yet. */
static enum map_result map_all(const struct mapper *mapper,
			       struct frame_source *frames)
{
	for (uint64_t start = HEAP_START; start < HEAP_END;
	     start += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);

		if (!frame_is_none(frame) &&
		    map_to(mapper, (struct page){ start }, frame,
			   PTE_WRITABLE | PTE_NO_EXECUTE, frames) == MAP_OK)
			continue;
		if (!frame_is_none(frame))
			frame_source_deallocate(frames, frame);
		undo(mapper, start, frames);
		return FRAME_ALLOCATION_FAILED;
	}
	return MAP_OK;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = look(mapper);

	return result == MAP_OK ? map_all(mapper, frames) : result;
}
