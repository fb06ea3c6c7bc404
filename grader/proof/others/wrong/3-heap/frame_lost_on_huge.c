// Design: switch on the result of map_to
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- the page's own frame goes back for FRAME_ALLOCATION_FAILED and PAGE_ALREADY_MAPPED, but not for PARENT_ENTRY_HUGE_PAGE
// Shown: yes
#include "memory/heap.h"

static void undo(const struct mapper *mapper, struct frame_source *frames,
		 struct page last)
{
	struct page page;

	for (page.start = HEAP_START; page.start < last.start;
	     page.start += PAGE_SIZE) {
		struct frame frame;

		if (unmap(mapper, page, &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct page page = page_containing(HEAP_START);

	for (int i = 0; i < 25; i++, page.start += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame)) {
			undo(mapper, frames, page);
			return FRAME_ALLOCATION_FAILED;
		}
		switch (map_to(mapper, page, frame,
			       PTE_WRITABLE | PTE_NO_EXECUTE, frames)) {
		case MAP_OK:
			break;
		case FRAME_ALLOCATION_FAILED:
			frame_source_deallocate(frames, frame);
			undo(mapper, frames, page);
			return FRAME_ALLOCATION_FAILED;
		case PAGE_ALREADY_MAPPED:
			frame_source_deallocate(frames, frame);
			undo(mapper, frames, page);
			return PAGE_ALREADY_MAPPED;
		case PARENT_ENTRY_HUGE_PAGE:
		default:
			undo(mapper, frames, page);
			return PARENT_ENTRY_HUGE_PAGE;
		}
	}
	return MAP_OK;
}
