// Design: two passes: an array of frames, then the mappings
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- if the source runs out in the first pass the frames are given back down to index 1; frame 0 is lost
// Shown: yes
#include "memory/heap.h"

#define PAGES (HEAP_SIZE / PAGE_SIZE)

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame set[PAGES];
	uint64_t n, mapped;
	enum map_result result;

	for (n = 0; n < PAGES; n++) {
		set[n] = frame_source_allocate(frames);
		if (!frame_is_none(set[n]))
			continue;
		for (; n > 1; n--)
			frame_source_deallocate(frames, set[n - 1]);
		return FRAME_ALLOCATION_FAILED;
	}
	for (mapped = 0; mapped < PAGES; mapped++) {
		result = map_to(mapper,
				page_containing(HEAP_START + mapped * PAGE_SIZE),
				set[mapped], PTE_WRITABLE | PTE_NO_EXECUTE,
				frames);
		if (result != MAP_OK)
			goto undo;
	}
	return MAP_OK;
undo:
	for (n = 0; n < mapped; n++)
		if (unmap(mapper, page_containing(HEAP_START + n * PAGE_SIZE),
			  &set[n]) != MAP_OK)
			return result;
	for (n = 0; n < PAGES; n++)
		frame_source_deallocate(frames, set[n]);
	return result;
}
