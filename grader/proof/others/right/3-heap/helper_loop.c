// Design: one page by a helper that succeeds or changes nothing; a loop; undo as a function of its own
#include "memory/heap.h"

#include "lib/panic.h"

#define FLAGS (PTE_WRITABLE | PTE_NO_EXECUTE)

static enum map_result map_one(const struct mapper *mapper, uint64_t address,
			       struct frame_source *frames)
{
	struct frame frame = frame_source_allocate(frames);
	enum map_result result;

	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(mapper, page_containing(address), frame, FLAGS, frames);
	if (result != MAP_OK)
		frame_source_deallocate(frames, frame);
	return result;
}

static void undo(const struct mapper *mapper, uint64_t end,
		 struct frame_source *frames)
{
	for (uint64_t address = HEAP_START; address < end; address += PAGE_SIZE) {
		struct frame frame;
		enum map_result result =
			unmap(mapper, page_containing(address), &frame);

		require(result == MAP_OK, "undo: %s", map_result_name(result));
		frame_source_deallocate(frames, frame);
	}
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	for (uint64_t a = HEAP_START; a < HEAP_START + HEAP_SIZE; a += PAGE_SIZE) {
		enum map_result result = map_one(mapper, a, frames);

		if (result != MAP_OK) {
			undo(mapper, a, frames);
			return result;
		}
	}
	return MAP_OK;
}
