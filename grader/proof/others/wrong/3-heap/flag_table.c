// Design: a table of flags, one for each page
// Breaks: "readable and writable for the kernel, closed to user programs, and not executable" (kernel/memory/heap.h) -- the table is filled for 24 pages in groups of 8 and the last page keeps the flags of the default, without PTE_NO_EXECUTE
// Shown: yes
#include "memory/heap.h"

#define PAGES 25

static uint64_t flags[PAGES];

static void fill_flags(void)
{
	for (int i = 0; i < PAGES; i++)
		flags[i] = PTE_WRITABLE;
	for (int group = 0; group < PAGES / 8; group++)
		for (int i = 0; i < 8; i++)
			flags[group * 8 + i] |= PTE_NO_EXECUTE;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	fill_flags();
	for (int i = 0; i < PAGES; i++) {
		struct page page = { HEAP_START + i * PAGE_SIZE };
		struct frame frame = frame_source_allocate(frames);
		enum map_result result = FRAME_ALLOCATION_FAILED;

		if (!frame_is_none(frame)) {
			result = map_to(mapper, page, frame, flags[i], frames);
			if (result == MAP_OK)
				continue;
			frame_source_deallocate(frames, frame);
		}
		while (--i >= 0) {
			page.start = HEAP_START + i * PAGE_SIZE;
			if (unmap(mapper, page, &frame) == MAP_OK)
				frame_source_deallocate(frames, frame);
		}
		return result;
	}
	return MAP_OK;
}
