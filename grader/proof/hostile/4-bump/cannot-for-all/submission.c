#include "memory/allocator.h"

void allocator_init(void *start, size_t size)
{
	(void)start;
	(void)size;
}

void *alloc(struct layout layout)
{
	alloc_error_handler(layout);
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
}

void *alloc_zeroed(struct layout layout)
{
	return alloc(layout);
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	(void)block;
	layout.size = new_size;
	return alloc(layout);
}
