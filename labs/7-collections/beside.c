#include "7-collections/beside.h"

void heap_start_over(void *start, size_t size)
{
	allocator_init(start, size);
}

void *heap_take(struct layout layout)
{
	return alloc(layout);
}

void heap_give(void *block, struct layout layout)
{
	dealloc(block, layout);
}
