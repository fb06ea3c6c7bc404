/* Lab 5's list, with nothing around it. */
#include "heaps.h"

#include "host.h"

void heap_begin(void)
{
	allocator_init(region, sizeof(region));
}

void heap_end(void)
{
}

void *heap_take(struct layout layout, struct guard_site site)
{
	(void)site;
	return alloc(layout);
}

void heap_give(void *block, struct layout layout, struct guard_site site)
{
	(void)site;
	dealloc(block, layout);
}
