// Design: a static flag: the heap is initialised once
// Breaks: "Map the pages of [HEAP_START, HEAP_START + HEAP_SIZE), each to a frame of its own" (kernel/memory/heap.h) -- after one success every further call returns MAP_OK at once, also for a mapper with another root, where nothing is mapped
// Shown: yes
#include "memory/heap.h"

static bool ready;

static enum map_result page_up(const struct mapper *mapper, struct page page,
			       struct frame_source *frames)
{
	struct frame frame = frame_source_allocate(frames);
	enum map_result result;

	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(mapper, page, frame, PTE_WRITABLE | PTE_NO_EXECUTE,
			frames);
	if (result)
		frame_source_deallocate(frames, frame);
	return result;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct page page = { HEAP_START };

	if (ready)
		return MAP_OK;
	for (; page.start < HEAP_START + HEAP_SIZE; page.start += PAGE_SIZE) {
		enum map_result result = page_up(mapper, page, frames);
		struct frame frame;

		if (result == MAP_OK)
			continue;
		while (page.start > HEAP_START) {
			page.start -= PAGE_SIZE;
			if (unmap(mapper, page, &frame) == MAP_OK)
				frame_source_deallocate(frames, frame);
		}
		return result;
	}
	ready = true;
	return MAP_OK;
}
