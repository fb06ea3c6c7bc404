// Design: what is in the way is replaced
// Breaks: "pages that were mapped before are left alone" (kernel/memory/heap.h) -- a page that is mapped already is unmapped, its frame given to the source, and mapped anew
// Shown: yes
#include "memory/heap.h"

static enum map_result force(const struct mapper *mapper, struct page page,
			     struct frame frame, struct frame_source *frames)
{
	enum map_result result = map_to(mapper, page, frame,
					PTE_WRITABLE | PTE_NO_EXECUTE, frames);
	struct frame old;

	if (result != PAGE_ALREADY_MAPPED)
		return result;
	result = unmap(mapper, page, &old);
	if (result != MAP_OK)
		return result;
	frame_source_deallocate(frames, old);
	return map_to(mapper, page, frame, PTE_WRITABLE | PTE_NO_EXECUTE,
		      frames);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	unsigned n = 0;
	enum map_result result;

	do {
		struct frame frame = frame_source_allocate(frames);

		result = FRAME_ALLOCATION_FAILED;
		if (frame_is_none(frame))
			break;
		result = force(mapper,
			       page_containing(HEAP_START + n * PAGE_SIZE),
			       frame, frames);
		if (result != MAP_OK)
			frame_source_deallocate(frames, frame);
	} while (result == MAP_OK && ++n < HEAP_SIZE / PAGE_SIZE);

	while (result != MAP_OK && n-- > 0) {
		struct frame frame;

		if (unmap(mapper, page_containing(HEAP_START + n * PAGE_SIZE),
			  &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
