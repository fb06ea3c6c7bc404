// Design: divide and conquer
// Breaks: "On an error every page that this call mapped is unmapped again and its frame given back" (kernel/memory/heap.h) -- while a part of three pages is taken back, its upper two stay mapped
// Shown: yes
#include "memory/heap.h"

static struct page page(unsigned n)
{
	return page_containing(HEAP_START + n * PAGE_SIZE);
}

static void drop(const struct mapper *m, struct frame_source *f, unsigned low,
		 unsigned count)
{
	struct frame frame;

	if (count > 1) {
		drop(m, f, low, count / 2);
		if (count % 2 == 0 || count > 3)
			drop(m, f, low + count / 2, count - count / 2);
		return;
	}
	if (unmap(m, page(low), &frame) == MAP_OK)
		frame_source_deallocate(f, frame);
}

static enum map_result fill(const struct mapper *m, struct frame_source *f,
			    unsigned low, unsigned count)
{
	enum map_result result;
	struct frame frame;

	if (count > 1) {
		result = fill(m, f, low, count / 2);
		if (result != MAP_OK)
			return result;
		result = fill(m, f, low + count / 2, count - count / 2);
		if (result != MAP_OK)
			drop(m, f, low, count / 2);
		return result;
	}
	frame = frame_source_allocate(f);
	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(m, page(low), frame, PTE_WRITABLE | PTE_NO_EXECUTE, f);
	if (result != MAP_OK)
		frame_source_deallocate(f, frame);
	return result;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	return fill(mapper, frames, 0, HEAP_SIZE / PAGE_SIZE);
}
