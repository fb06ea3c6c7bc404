// Design: look with translate at both ends of the region first, then map without looking back
// Breaks: "Returns MAP_OK, or the error of a page that could not be mapped" (kernel/memory/heap.h) -- only the first and the last page are looked at beforehand; a page in the way between them ends as FRAME_ALLOCATION_FAILED
// Shown: yes
#include "memory/heap.h"

static enum map_result look(const struct mapper *mapper, uint64_t at)
{
	struct translation t = translate(mapper, at);

	if (!t.mapped)
		return MAP_OK;
	return t.page_size == PAGE_SIZE ? PAGE_ALREADY_MAPPED :
					  PARENT_ENTRY_HUGE_PAGE;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = look(mapper, HEAP_START);
	uint64_t at;

	if (result == MAP_OK)
		result = look(mapper, HEAP_START + HEAP_SIZE - 1);
	if (result != MAP_OK)
		return result;
	for (at = HEAP_START; at < HEAP_START + HEAP_SIZE; at += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame))
			break;
		if (map_to(mapper, page_containing(at), frame,
			   PTE_WRITABLE | PTE_NO_EXECUTE, frames) != MAP_OK) {
			/* Nothing is in the way, so it was a table. */
			frame_source_deallocate(frames, frame);
			break;
		}
	}
	if (at == HEAP_START + HEAP_SIZE)
		return MAP_OK;
	while (at > HEAP_START) {
		struct frame frame;

		at -= PAGE_SIZE;
		if (unmap(mapper, page_containing(at), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return FRAME_ALLOCATION_FAILED;
}
