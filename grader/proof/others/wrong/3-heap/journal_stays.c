// Design: a journal of mapped pages in a static array
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- the journal's count is not reset at the next call, so a second failing call gives pages back that the first one had given back
// Shown: yes
#include "memory/heap.h"

static struct {
	struct page page;
	struct frame frame;
} journal[64];
static unsigned entries;

static void roll_back(const struct mapper *mapper, struct frame_source *frames)
{
	for (unsigned i = 0; i < entries; i++) {
		struct frame frame = journal[i].frame;
		enum map_result r = unmap(mapper, journal[i].page, &frame);

		(void)r;
		frame_source_deallocate(frames, frame);
	}
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	for (uint64_t a = HEAP_START; a < HEAP_START + HEAP_SIZE; a += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(frames);
		enum map_result r;

		if (frame_is_none(frame)) {
			roll_back(mapper, frames);
			return FRAME_ALLOCATION_FAILED;
		}
		r = map_to(mapper, page_containing(a), frame,
			   PTE_WRITABLE | PTE_NO_EXECUTE, frames);
		if (r != MAP_OK) {
			frame_source_deallocate(frames, frame);
			roll_back(mapper, frames);
			return r;
		}
		if (entries < 64) {
			journal[entries].page = page_containing(a);
			journal[entries].frame = frame;
			entries++;
		}
	}
	entries = 0;
	return MAP_OK;
}
