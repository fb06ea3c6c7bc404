// Design: a frame source in front of the caller's that records all frames
// Breaks: "page tables that were added stay with the mapper" (kernel/memory/heap.h) -- on an error everything that was taken in this call goes back, the tables that map_to has linked included
// Shown: yes
#include "memory/heap.h"

struct recorder {
	struct frame_source source;
	struct frame_source *real;
	struct frame list[40];
	int count;
};

static struct frame record(struct frame_source *source)
{
	struct recorder *r = (struct recorder *)source;
	struct frame frame = frame_source_allocate(r->real);

	if (!frame_is_none(frame))
		r->list[r->count++] = frame;
	return frame;
}

static void give(struct frame_source *source, struct frame frame)
{
	struct recorder *r = (struct recorder *)source;

	for (int i = 0; i < r->count; i++) {
		if (r->list[i].start == frame.start) {
			r->list[i] = r->list[--r->count];
			break;
		}
	}
	frame_source_deallocate(r->real, frame);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct recorder r = { .source = { record, give }, .real = frames };
	uint64_t end;
	enum map_result result = MAP_OK;

	for (end = HEAP_START; end < HEAP_START + HEAP_SIZE; end += PAGE_SIZE) {
		struct frame frame = frame_source_allocate(&r.source);

		result = FRAME_ALLOCATION_FAILED;
		if (frame_is_none(frame))
			break;
		result = map_to(mapper, page_containing(end), frame,
				PTE_WRITABLE | PTE_NO_EXECUTE, &r.source);
		if (result != MAP_OK)
			break;
	}
	if (result != MAP_OK) {
		struct frame ignored;

		for (uint64_t a = HEAP_START; a < end; a += PAGE_SIZE)
			if (unmap(mapper, page_containing(a), &ignored) != MAP_OK)
				return result;
		while (r.count > 0)
			frame_source_deallocate(frames, r.list[--r.count]);
	}
	return result;
}
