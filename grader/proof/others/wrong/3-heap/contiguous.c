// Design: one frame, and the 24 that follow it
// Breaks: "each to a frame of its own" (kernel/memory/heap.h) -- asks the source once and takes the frames behind it as if they were free, too
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame first = frame_source_allocate(frames);
	enum map_result result = MAP_OK;
	uint64_t offset;

	if (frame_is_none(first))
		return FRAME_ALLOCATION_FAILED;
	for (offset = 0; offset < HEAP_SIZE && result == MAP_OK;
	     offset += PAGE_SIZE)
		result = map_to(mapper, page_containing(HEAP_START + offset),
				frame_containing(first.start + offset),
				PTE_WRITABLE | PTE_NO_EXECUTE, frames);
	if (result == MAP_OK)
		return MAP_OK;
	for (offset -= PAGE_SIZE; offset > 0; offset -= PAGE_SIZE) {
		struct frame ignored;
		enum map_result r =
			unmap(mapper,
			      page_containing(HEAP_START + offset - PAGE_SIZE),
			      &ignored);
		(void)r;
	}
	frame_source_deallocate(frames, first);
	return result;
}
