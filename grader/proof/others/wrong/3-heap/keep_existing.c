// Design: pages that are there already are used as they are
// Breaks: "each to a frame of its own" and "Returns MAP_OK, or the error of a page that could not be mapped" (kernel/memory/heap.h) -- PAGE_ALREADY_MAPPED counts as success: the foreign page becomes part of the heap, and a later undo unmaps it
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	uint64_t at;
	enum map_result result = MAP_OK;

	for (at = HEAP_START; at < HEAP_START + HEAP_SIZE; at += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			break;
		}
		result = map_to(mapper, page_containing(at), frame,
				PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (result != MAP_OK)
			frame_source_deallocate(frames, frame);
		if (result == PAGE_ALREADY_MAPPED)
			result = MAP_OK; /* good: nothing to do */
		if (result != MAP_OK)
			break;
	}
	if (result == MAP_OK)
		return MAP_OK;
	for (uint64_t back = HEAP_START; back < at; back += PAGE_SIZE) {
		struct frame frame;

		if (unmap(mapper, page_containing(back), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
