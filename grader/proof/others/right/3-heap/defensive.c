// Design: defensive: checks each result with translate, prints each step, panics at what cannot be
#include "memory/heap.h"

#include <stddef.h>

#include "lab.h"

typedef unsigned long long ull;

static bool roll_back(const struct mapper *const mapper,
		      struct frame_source *const frames, const uint64_t count)
{
	for (uint64_t number = count; number > 0; number--) {
		const struct page page =
			page_containing(HEAP_START + (number - 1) * PAGE_SIZE);
		struct frame frame = NO_FRAME;
		const enum map_result result = unmap(mapper, page, &frame);

		if (result != MAP_OK || frame_is_none(frame)) {
			debug_printf("roll back: %s\n", map_result_name(result));
			return false;
		}
		frame_source_deallocate(frames, frame);
		debug_printf("rolled back %llx\n", (ull)page.start);
	}
	return true;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	const uint64_t count = HEAP_SIZE / PAGE_SIZE;

	require(mapper != NULL && frames != NULL, "init_heap: no mapper");
	for (uint64_t number = 0; number < count; number++) {
		const struct page page =
			page_containing(HEAP_START + number * PAGE_SIZE);
		const struct frame frame = frame_source_allocate(frames);
		enum map_result result = FRAME_ALLOCATION_FAILED;

		if (!frame_is_none(frame)) {
			result = map_to(mapper, page, frame,
					PTE_WRITABLE | PTE_NO_EXECUTE, frames);
			if (result != MAP_OK)
				frame_source_deallocate(frames, frame);
		}
		if (result != MAP_OK) {
			require(roll_back(mapper, frames, number),
				"init_heap: cannot undo page %llx",
				(ull)page.start);
			return result;
		}
		require(translate(mapper, page.start + 1).address ==
				frame.start + 1,
			"init_heap: %llx is not where it was mapped",
			(ull)page.start);
		debug_printf("heap page %llx is frame %llx\n", (ull)page.start,
			     (ull)frame.start);
	}
	return MAP_OK;
}
