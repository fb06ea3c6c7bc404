/*
 * Design: no addresses, but how many bytes are left.  What is left ends at the
 * heap's end, so the next free byte is known from it.
 *
 * A test must not assume anything about where the four words of state are, or
 * what they count.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

static char *heap;
static size_t heap_size;
static size_t left;
static size_t blocks;

void allocator_init(void *start, size_t size)
{
	heap = start;
	heap_size = size;
	left = size;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	char *next = heap + (heap_size - left);
	size_t padding;

	layout_check(layout);
	padding = -(uintptr_t)next & (layout.align - 1);
	if (!layout.size || padding > left || layout.size > left - padding)
		return NULL;
	left -= padding + layout.size;
	blocks++;
	return next + padding;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (--blocks == 0)
		left = heap_size;
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (block)
		memset(block, 0, layout.size);
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *moved = alloc((struct layout){ new_size, layout.align });

	if (!moved)
		return NULL;
	memcpy(moved, block, layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return moved;
}
