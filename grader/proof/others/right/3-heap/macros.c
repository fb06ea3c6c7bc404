// Design: macros
#include "memory/heap.h"

#define EACH_PAGE(var, end) \
	for (struct page var = { HEAP_START }; var.start < (end); \
	     var.start += PAGE_SIZE)
#define UNDO(end)                                                     \
	EACH_PAGE (undone, end) {                                     \
		struct frame back_ = NO_FRAME;                        \
		if (unmap(mapper, undone, &back_) == MAP_OK)          \
			frame_source_deallocate(frames, back_);       \
	}
#define TRY(call, end)                     \
	do {                               \
		enum map_result try_ = (call); \
		if (try_ != MAP_OK) {      \
			UNDO(end);         \
			return try_;       \
		}                          \
	} while (0)

static enum map_result take(struct frame_source *frames, struct frame *frame)
{
	*frame = frame_source_allocate(frames);
	return frame_is_none(*frame) ? FRAME_ALLOCATION_FAILED : MAP_OK;
}

static enum map_result put(const struct mapper *mapper, struct page page,
			   struct frame frame, struct frame_source *frames)
{
	enum map_result r = map_to(mapper, page, frame,
				   PTE_WRITABLE | PTE_NO_EXECUTE, frames);
	if (r != MAP_OK)
		frame_source_deallocate(frames, frame);
	return r;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	EACH_PAGE (page, HEAP_START + HEAP_SIZE) {
		struct frame frame;

		TRY(take(frames, &frame), page.start);
		TRY(put(mapper, page, frame, frames), page.start);
	}
	return MAP_OK;
}
