#include "region.h"

#include "machine.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_walk.h"

struct page heap_page(uint64_t index)
{
	return (struct page){ HEAP_START + index * PAGE_SIZE };
}

uint64_t entry_of(struct frame root, struct page page)
{
	struct page_walk walk = page_walk(root, page.start);
	uint64_t entry = walk.entry[walk.level];

	return pte_is_present(entry) ? entry : 0;
}

void make_heap(void)
{
	check_result(&rule_works, "init_heap", MAP_OK,
		     init_heap(test_mapper(), test_frames()));
}

struct mapper new_mapper(void)
{
	struct mapper mapper = { frame_source_allocate(test_frames()) };

	machine_make_root(mapper.root);
	return mapper;
}
