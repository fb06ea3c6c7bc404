// Design: a state machine that walks forwards, and backwards after an error; accessed and dirty set beforehand
#include "memory/heap.h"

enum state { TAKE, MAP, NEXT, RETURN_FRAME, BACK, DONE };

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	const uint64_t flags = PTE_WRITABLE | PTE_NO_EXECUTE | PTE_ACCESSED |
			       PTE_DIRTY;
	struct page page = { HEAP_START };
	struct frame frame = NO_FRAME;
	enum map_result result = MAP_OK;
	enum state state = TAKE;

	while (state != DONE) {
		switch (state) {
		case TAKE:
			frame = frame_source_allocate(frames);
			state = MAP;
			if (frame_is_none(frame)) {
				result = FRAME_ALLOCATION_FAILED;
				state = BACK;
			}
			break;
		case MAP:
			result = map_to(mapper, page, frame, flags, frames);
			state = result == MAP_OK ? NEXT : RETURN_FRAME;
			break;
		case NEXT:
			page.start += PAGE_SIZE;
			state = page.start == HEAP_START + HEAP_SIZE ? DONE :
								       TAKE;
			break;
		case RETURN_FRAME:
			frame_source_deallocate(frames, frame);
			state = BACK;
			break;
		case BACK:
			if (page.start == HEAP_START) {
				state = DONE;
				break;
			}
			page.start -= PAGE_SIZE;
			state = unmap(mapper, page, &frame) == MAP_OK ?
					RETURN_FRAME :
					BACK;
			break;
		case DONE:
			break;
		}
	}
	return result;
}
