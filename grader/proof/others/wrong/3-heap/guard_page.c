// Design: the highest page as a guard against overruns
// Breaks: "readable and writable for the kernel" (kernel/memory/heap.h) -- page 24 is mapped read-only
// Shown: yes
#include "memory/heap.h"

#define END (HEAP_START + HEAP_SIZE)

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	uint64_t at = HEAP_START;
	enum map_result result = MAP_OK;
	struct frame frame;

	do {
		uint64_t flags = PTE_NO_EXECUTE;

		/* The last page is a guard: nobody may write into it. */
		if (at + PAGE_SIZE != END)
			flags |= PTE_WRITABLE;
		frame = frame_source_allocate(frames);
		if (frame_is_none(frame))
			result = FRAME_ALLOCATION_FAILED;
		else if ((result = map_to(mapper, page_containing(at), frame,
					  flags, frames)) != MAP_OK)
			frame_source_deallocate(frames, frame);
		else
			at += PAGE_SIZE;
	} while (result == MAP_OK && at != END);

	if (result != MAP_OK)
		while (at != HEAP_START) {
			at -= PAGE_SIZE;
			if (unmap(mapper, page_containing(at), &frame) == MAP_OK)
				frame_source_deallocate(frames, frame);
		}
	return result;
}
