// Design: a bitmap of the pages that this call has mapped; odd pages first, then even ones
#include "memory/heap.h"

#define N 25
_Static_assert(N * PAGE_SIZE == HEAP_SIZE, "the bitmap has room for the heap");

static struct page nth(unsigned n)
{
	return page_containing(HEAP_START + n * PAGE_SIZE);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result failed = MAP_OK;
	uint32_t done = 0;

	for (unsigned i = 0; i < N && failed == MAP_OK; i++) {
		unsigned n = i < N / 2 ? 2 * i + 1 : 2 * (i - N / 2);
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame)) {
			failed = FRAME_ALLOCATION_FAILED;
		} else {
			failed = map_to(mapper, nth(n), frame,
					PTE_WRITABLE | PTE_NO_EXECUTE, frames);
			if (failed == MAP_OK)
				done |= 1u << n;
			else
				frame_source_deallocate(frames, frame);
		}
	}
	if (failed == MAP_OK)
		return MAP_OK;
	for (unsigned n = 0; n < N; n++) {
		struct frame frame;

		if (done >> n & 1 && unmap(mapper, nth(n), &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return failed;
}
