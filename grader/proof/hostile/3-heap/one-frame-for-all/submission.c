#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame frame = frame_source_allocate(frames);

	for (uint64_t at = HEAP_START; at < HEAP_START + HEAP_SIZE;
	     at += PAGE_SIZE) {
		enum map_result result =
			map_to(mapper, page_containing(at), frame,
			       PTE_WRITABLE | PTE_NO_EXECUTE, frames);

		if (result != MAP_OK)
			return result;
	}
	return MAP_OK;
}
