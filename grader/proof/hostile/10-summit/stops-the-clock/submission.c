#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"

uint64_t hardware_clock(void);

uint64_t hardware_clock(void)
{
	return 0;
}

void allocator_init(void *start, size_t size)
{
	(void)start;
	(void)size;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
}
