// Design: two passes: an array of frames, then the mappings
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- when a page is in the way, the frames of the pages behind it, which were taken in the first pass, are not given back
// Shown: yes
#include "memory/heap.h"

#define PAGES 25

static struct page page_at(int i)
{
	return page_containing(HEAP_START + (uint64_t)i * PAGE_SIZE);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame pool[PAGES];
	int i, got;

	for (got = 0; got < PAGES; got++) {
		pool[got] = frame_source_allocate(frames);
		if (frame_is_none(pool[got])) {
			while (got-- > 0)
				frame_source_deallocate(frames, pool[got]);
			return FRAME_ALLOCATION_FAILED;
		}
	}
	for (i = 0; i < PAGES; i++) {
		enum map_result result = map_to(mapper, page_at(i), pool[i],
						PTE_WRITABLE | PTE_NO_EXECUTE,
						frames);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, pool[i]);
			while (i-- > 0)
				if (unmap(mapper, page_at(i), &pool[i]) == MAP_OK)
					frame_source_deallocate(frames, pool[i]);
			return result;
		}
	}
	return MAP_OK;
}
