// Design: the next frame is fetched ahead
// Breaks: "Returns MAP_OK, or the error of a page that could not be mapped" (kernel/memory/heap.h) -- one frame more than needed is asked for, behind the last page; where the source has just enough, all pages could be mapped and an error is returned
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame next = frame_source_allocate(frames);
	enum map_result result = MAP_OK;
	struct frame frame;
	uint64_t at;

	for (at = HEAP_START; at < HEAP_START + HEAP_SIZE; at += PAGE_SIZE) {
		frame = next;
		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			break;
		}
		result = map_to(mapper, page_containing(at), frame,
				PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, frame);
			break;
		}
		next = frame_source_allocate(frames);
		if (frame_is_none(next)) {
			result = FRAME_ALLOCATION_FAILED;
			at += PAGE_SIZE;
			break;
		}
	}
	if (result == MAP_OK) {
		frame_source_deallocate(frames, next);
		return MAP_OK;
	}
	while (at > HEAP_START) {
		at -= PAGE_SIZE;
		if (unmap(mapper, page_containing(at), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
