// Design: count of pages, undo in the order of mapping
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- the undo stops one page early when it was the last page of the heap that failed (a limit against the end of the region)
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	const uint64_t last = HEAP_START + HEAP_SIZE - PAGE_SIZE;
	uint64_t at = HEAP_START;
	enum map_result result;
	struct frame frame;

	for (;;) {
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
		if (at == last)
			return MAP_OK;
		at += PAGE_SIZE;
	}
	for (uint64_t back = HEAP_START; back < at && back + PAGE_SIZE < last;
	     back += PAGE_SIZE)
		if (unmap(mapper, page_containing(back), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	return result;
}
