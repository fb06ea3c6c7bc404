// Design: a frame source of its own in front of the caller's, which counts what map_to takes for tables
#include "memory/heap.h"

#include "lab.h"

struct counting {
	struct frame_source source; /* first, so that the pointers are the same */
	struct frame_source *behind;
	unsigned tables;
};

static struct frame count_allocate(struct frame_source *source)
{
	struct counting *me = (struct counting *)source;
	struct frame frame = frame_source_allocate(me->behind);

	if (!frame_is_none(frame))
		me->tables++;
	return frame;
}

static void count_deallocate(struct frame_source *source, struct frame frame)
{
	struct counting *me = (struct counting *)source;

	me->tables--;
	frame_source_deallocate(me->behind, frame);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct counting counting = {
		{ count_allocate, count_deallocate }, frames, 0
	};
	enum map_result result = MAP_OK;
	uint64_t offset = 0;

	do {
		struct frame frame = frame_source_allocate(frames);

		if (frame_is_none(frame)) {
			result = FRAME_ALLOCATION_FAILED;
			break;
		}
		result = map_to(mapper, page_containing(HEAP_START + offset),
				frame, PTE_WRITABLE | PTE_NO_EXECUTE,
				&counting.source);
		if (result != MAP_OK) {
			frame_source_deallocate(frames, frame);
			break;
		}
		offset += PAGE_SIZE;
	} while (offset < HEAP_SIZE);

	debug_printf("heap: %u tables, %s\n", counting.tables,
		     map_result_name(result));
	for (; result != MAP_OK && offset != 0; offset -= PAGE_SIZE) {
		struct frame frame;
		struct page page =
			page_containing(HEAP_START + offset - PAGE_SIZE);

		if (unmap(mapper, page, &frame) == MAP_OK)
			frame_source_deallocate(frames, frame);
	}
	return result;
}
