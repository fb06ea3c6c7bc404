/*
 * Design: map a page, then the rest of the heap by recursion; whoever finds
 * that the rest has failed takes back its own page.  The call stack knows what
 * is to be undone.
 *
 * A test must not assume that little stack is enough for init_heap: one call to
 * a page here, 25 in all.
 */
#include "memory/heap.h"

#include "lab.h"

#define HEAP_END (HEAP_START + HEAP_SIZE)

/* Map all pages from this one up to the heap's end, or none of them. */
static enum map_result map_from(struct page page, const struct mapper *mapper,
				struct frame_source *frames)
{
	enum map_result result, undone;
	struct frame frame;

	if (page.start == HEAP_END)
		return MAP_OK;
	frame = frame_source_allocate(frames);
	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(mapper, page, frame, PTE_WRITABLE | PTE_NO_EXECUTE,
			frames);
	if (result != MAP_OK)
		goto give_back;
	result = map_from((struct page){ page.start + PAGE_SIZE }, mapper,
			  frames);
	if (result == MAP_OK)
		return MAP_OK;
	undone = unmap(mapper, page, &frame);
	require(undone == MAP_OK, "unmap of heap page 0x%llx: %s",
		(unsigned long long)page.start, map_result_name(undone));
give_back:
	frame_source_deallocate(frames, frame);
	return result;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	return map_from((struct page){ HEAP_START }, mapper, frames);
}
