// Design: loop and undo in one function
// Breaks: "Returns MAP_OK, or the error of a page that could not be mapped" (kernel/memory/heap.h) -- the undo loop stores what unmap says in the same variable, so an error after the first page returns MAP_OK
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = MAP_OK;
	struct frame frame;
	uint64_t at = HEAP_START;

	while (at < HEAP_START + HEAP_SIZE) {
		frame = frame_source_allocate(frames);
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
		at += PAGE_SIZE;
	}
	if (result != MAP_OK) {
		while (at > HEAP_START) {
			at -= PAGE_SIZE;
			result = unmap(mapper, page_containing(at), &frame);
			if (result == MAP_OK)
				frame_source_deallocate(frames, frame);
		}
	}
	return result;
}
