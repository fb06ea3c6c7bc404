// Design: units of 8 bytes: start, sizes and aligns are rounded up to them, so that all is simple
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define UNIT 8

static uint64_t *base;
static size_t units, used, blocks;

void allocator_init(void *start, size_t size)
{
	size_t skip = -(uintptr_t)start & (UNIT - 1);

	base = (uint64_t *)((uintptr_t)start + skip);
	units = skip > size ? 0 : (size - skip) / UNIT;
	used = blocks = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);

	size_t align = layout.align < UNIT ? 1 : layout.align / UNIT;
	size_t need = layout.size / UNIT + (layout.size % UNIT != 0);
	size_t skip = -((uintptr_t)base / UNIT + used) & (align - 1);

	if (!need || skip > units - used || need > units - used - skip)
		return NULL;
	used += skip + need;
	blocks++;
	return base + used - need;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (!--blocks)
		used = 0;
}

void *alloc_zeroed(struct layout layout)
{
	uint64_t *block = alloc(layout);

	for (size_t i = 0; block && i < (layout.size + UNIT - 1) / UNIT; i++)
		block[i] = 0;
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *fresh = alloc((struct layout){ new_size, layout.align });
	if (!fresh)
		return NULL;
	memcpy(fresh, block, layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return fresh;
}
