// Design: from the highest page down to the lowest, and up again to undo
#include "memory/heap.h"

#include "lab.h"

#define LAST (HEAP_START + HEAP_SIZE - PAGE_SIZE)

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	const uint64_t flags = PTE_WRITABLE | PTE_NO_EXECUTE;
	uint64_t page = LAST;
	enum map_result result;
	struct frame frame;

	for (;;) {
		frame = frame_source_allocate(frames);
		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			break;
		}
		result = map_to(mapper, page_containing(page), frame, flags,
				frames);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, frame);
			break;
		}
		if (page == HEAP_START)
			return MAP_OK;
		page -= PAGE_SIZE;
	}
	debug_printf("heap: %s at %llx\n", map_result_name(result),
		     (unsigned long long)page);
	for (page += PAGE_SIZE; page <= LAST; page += PAGE_SIZE)
		if (unmap(mapper, page_containing(page), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	return result;
}
