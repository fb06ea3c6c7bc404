// Design: two passes: first all 25 frames into an array, then all mappings
#include "memory/heap.h"

#define COUNT ((unsigned)(HEAP_SIZE / PAGE_SIZE))

static void give_back(struct frame_source *source, const struct frame *list,
		      unsigned n)
{
	while (n != 0)
		frame_source_deallocate(source, list[--n]);
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct frame mine[COUNT];
	enum map_result result = MAP_OK;
	unsigned taken, mapped;

	for (taken = 0; taken < COUNT; taken++) {
		mine[taken] = frame_source_allocate(frames);
		if (frame_is_none(mine[taken])) {
			give_back(frames, mine, taken);
			return FRAME_ALLOCATION_FAILED;
		}
	}
	for (mapped = 0; mapped < COUNT; mapped++) {
		result = map_to(mapper,
				page_containing(HEAP_START + mapped * PAGE_SIZE),
				mine[mapped], PTE_WRITABLE | PTE_NO_EXECUTE,
				frames);
		if (result != MAP_OK)
			break;
	}
	if (result == MAP_OK)
		return MAP_OK;
	for (unsigned i = 0; i < mapped; i++) {
		enum map_result gone =
			unmap(mapper,
			      page_containing(HEAP_START + i * PAGE_SIZE),
			      &mine[i]);
		(void)gone;
	}
	give_back(frames, mine, COUNT);
	return result;
}
