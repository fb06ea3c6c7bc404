// Design: recursion over the pages; whoever sees the rest fail takes back its own page
#include "memory/heap.h"

static enum map_result from(uint64_t at, const struct mapper *m,
			    struct frame_source *f)
{
	struct frame mine;
	enum map_result r;

	if (at == HEAP_START + HEAP_SIZE)
		return MAP_OK;
	mine = f->allocate(f);
	if (frame_is_none(mine))
		return FRAME_ALLOCATION_FAILED;
	r = map_to(m, (struct page){ at }, mine, PTE_NO_EXECUTE | PTE_WRITABLE, f);
	if (r == MAP_OK) {
		r = from(at + PAGE_SIZE, m, f);
		if (r == MAP_OK)
			return MAP_OK;
		if (unmap(m, (struct page){ at }, &mine) != MAP_OK)
			return r;
	}
	f->deallocate(f, mine);
	return r;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	return from(HEAP_START, mapper, frames);
}
