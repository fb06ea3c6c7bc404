// Design: undo of all pages from the top, errors ignored
// Breaks: "Takes back a frame that this source gave out, exactly once." (kernel/memory/frame_source.h) -- the undo begins at the page that failed; unmap fails there, and the variable that still holds that page's frame goes back a second time
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = MAP_OK, gone;
	struct frame frame;
	int n;

	for (n = 0; n < 25; n++) {
		frame = frame_source_allocate(frames);
		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			n--;
			break;
		}
		result = map_to(mapper,
				page_containing(HEAP_START + n * PAGE_SIZE),
				frame, PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, frame);
			break;
		}
	}
	if (result == MAP_OK)
		return MAP_OK;
	for (; n >= 0; n--) {
		gone = unmap(mapper, page_containing(HEAP_START + n * PAGE_SIZE),
			     &frame);
		(void)gone;
		frame_source_deallocate(frames, frame);
	}
	return result;
}
