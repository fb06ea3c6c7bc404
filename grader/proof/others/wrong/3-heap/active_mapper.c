// Design: an own mapper object, made from the machine's root
// Breaks: "Map the pages ..." with the mapper that is the parameter: "A mapper never looks at the machine's active root" (kernel/memory/mapper.h); heap-7 (labs/3-heap/README.md) -- the heap is mapped below the active root, whatever mapper the caller gives
// Shown: yes
#include "memory/heap.h"

#include "machine.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct mapper kernel = { .root = machine_root() };
	struct page page = { HEAP_START };
	enum map_result result = MAP_OK;
	struct frame frame;

	(void)mapper; /* the kernel has one heap, and it is in its own tables */
	while (page.start != HEAP_START + HEAP_SIZE) {
		frame = frame_source_allocate(frames);
		result = frame_is_none(frame) ?
				 FRAME_ALLOCATION_FAILED :
				 map_to(&kernel, page, frame,
					PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (result != MAP_OK) {
			if (!frame_is_none(frame))
				frame_source_deallocate(frames, frame);
			break;
		}
		page.start += PAGE_SIZE;
	}
	while (result != MAP_OK && page.start != HEAP_START) {
		page.start -= PAGE_SIZE;
		if (unmap(&kernel, page, &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
