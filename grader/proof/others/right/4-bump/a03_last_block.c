// Design: the second challenge: the last block goes back at once
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static char *base, *limit, *top;
static size_t live;

void allocator_init(void *start, size_t size)
{
	base = start;
	limit = base + size;
	top = base;
	live = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);

	size_t left = (size_t)(limit - top);
	size_t padding = -(uintptr_t)top & (layout.align - 1);

	if (!layout.size || padding > left || layout.size > left - padding)
		return NULL;

	char *block = top + padding;
	top = block + layout.size;
	++live;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	if (!--live)
		top = base;
	else if ((char *)block + layout.size == top)
		top = block;
}

void *alloc_zeroed(struct layout layout)
{
	void *p = alloc(layout);

	return p ? memset(p, 0, layout.size) : NULL;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *moved = alloc((struct layout){ .size = new_size, .align = layout.align });

	if (moved) {
		memcpy(moved, block, layout.size < new_size ? layout.size : new_size);
		dealloc(block, layout);
	}
	return moved;
}
