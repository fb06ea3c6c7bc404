// Design: look with translate whether anything is in the way before a frame is taken; only then map
#include "memory/heap.h"

static enum map_result survey(const struct mapper *mapper)
{
	for (uint64_t at = HEAP_START; at != HEAP_START + HEAP_SIZE;
	     at += PAGE_SIZE) {
		struct translation there = translate(mapper, at);

		if (!there.mapped)
			continue;
		return there.page_size == PAGE_SIZE ? PAGE_ALREADY_MAPPED :
						      PARENT_ENTRY_HUGE_PAGE;
	}
	return MAP_OK;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = survey(mapper);
	uint64_t at;

	for (at = HEAP_START;
	     result == MAP_OK && at != HEAP_START + HEAP_SIZE; at += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);

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
	}
	if (result == MAP_OK)
		return MAP_OK;
	while (at > HEAP_START) {
		struct frame frame;

		at -= PAGE_SIZE;
		if (unmap(mapper, page_containing(at), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
