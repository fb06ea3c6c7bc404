// Design: a bitmap of the mapped pages
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- the bitmap has 16 bits for 25 pages, so pages 16 and above stay mapped after an error
// Shown: yes
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	uint16_t mapped = 0;
	enum map_result result = MAP_OK;
	unsigned n;

	for (n = 0; n < HEAP_SIZE / PAGE_SIZE; n++) {
		struct page page = page_containing(HEAP_START + n * PAGE_SIZE);
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			break;
		}
		result = map_to(mapper, page, frame,
				PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, frame);
			break;
		}
		mapped |= 1u << n;
	}
	if (result == MAP_OK)
		return MAP_OK;
	for (n = 0; mapped >> n; n++) {
		struct frame frame;

		if (!(mapped >> n & 1))
			continue;
		if (unmap(mapper, page_containing(HEAP_START + n * PAGE_SIZE),
			  &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
