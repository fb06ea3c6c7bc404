// Design: the kernel style with goto and an index that counts down again
#include "memory/heap.h"

enum { PAGES = HEAP_SIZE / PAGE_SIZE };

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	enum map_result error;
	struct frame frame;
	int i;

	for (i = 0; i < PAGES; i++) {
		struct page page = { HEAP_START + i * PAGE_SIZE };

		frame = frame_source_allocate(frames);
		error = FRAME_ALLOCATION_FAILED;
		if (frame_is_none(frame))
			goto out_unmap;
		error = map_to(mapper, page, frame,
			       PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (error)
			goto out_frame;
	}
	return MAP_OK;

out_frame:
	frame_source_deallocate(frames, frame);
out_unmap:
	while (i-- > 0) {
		struct page page = { HEAP_START + i * PAGE_SIZE };

		if (unmap(mapper, page, &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return error;
}
