// Design: recursion; a failure clears the whole region
// Breaks: "pages that were mapped before are left alone" (kernel/memory/heap.h) -- after an error all 25 pages are unmapped and their frames given back, the one that was in the way included
// Shown: yes
#include "memory/heap.h"

static void clear_region(const struct mapper *mapper, struct frame_source *frames)
{
	for (uint64_t n = 0; n < HEAP_SIZE / PAGE_SIZE; n++) {
		struct frame frame;

		if (unmap(mapper, (struct page){ HEAP_START + n * PAGE_SIZE },
			  &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
}

static enum map_result rest(const struct mapper *mapper,
			    struct frame_source *frames, uint64_t n)
{
	struct frame frame;
	enum map_result result;

	if (n == HEAP_SIZE / PAGE_SIZE)
		return MAP_OK;
	frame = frame_source_allocate(frames);
	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(mapper, (struct page){ HEAP_START + n * PAGE_SIZE },
			frame, PTE_WRITABLE | PTE_NO_EXECUTE, frames);
	if (result != MAP_OK) {
		frame_source_deallocate(frames, frame);
		return result;
	}
	return rest(mapper, frames, n + 1);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result result = rest(mapper, frames, 0);

	if (result != MAP_OK)
		clear_region(mapper, frames);
	return result;
}
