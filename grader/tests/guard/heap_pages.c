/* Guard pages, on the page tables and the frames of a test; it says what it finds. */
#include "8-guard/pages.h"
#include "heaps.h"
#include "lib/console.h"
#include "test/frames.h"
#include "test/page_walk.h"

static const char *const names[] = {
	[GUARD_OVERFLOW] = "overflow",
	[GUARD_UNDERFLOW] = "underflow",
	[GUARD_NEVER_ALLOCATED] = "free of what is no block",
	[GUARD_OTHER_LAYOUT] = "free with another layout",
};

void heap_begin(void)
{
	pages_init(test_mapper(), test_frames());
}

void heap_end(void)
{
	uint64_t left = test_frames_in_use() -
			page_walk_count_tables(test_mapper()->root);

	if (left)
		kprintf("found: leak of %llu pages\n",
			(unsigned long long)left);
}

void *heap_take(struct layout layout, struct guard_site site)
{
	(void)site;
	return pages_alloc(layout);
}

void heap_give(void *block, struct layout layout, struct guard_site site)
{
	enum guard_finding what = pages_dealloc(block, layout);

	if (what)
		kprintf("found: %s, given back at line %llu\n", names[what],
			(unsigned long long)site.line);
}
