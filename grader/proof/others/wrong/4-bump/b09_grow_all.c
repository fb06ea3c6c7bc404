// Design: any block grows where it is, if it is large enough
// Breaks: "A block of layout.size bytes at a multiple of layout.align, which no other block in use overlaps" (kernel/memory/allocator.h): every block that ends below next is taken for the last if new_size is not above the old size, and next moves down onto blocks in use
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static uint64_t from, until, next;
static size_t count;

void allocator_init(void *start, size_t size)
{
	from = (uint64_t)start;
	until = from + size;
	next = from;
	count = 0;
}

static bool is_last(void *block, struct layout layout)
{
	return (uint64_t)block + layout.size == next;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	uint64_t gap = -next & (layout.align - 1);
	if (gap > until - next || layout.size > until - next - gap)
		return NULL;
	next += gap;
	void *block = (void *)next;
	next += layout.size;
	count++;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	count--;
	if (count == 0)
		next = from;
	else if (is_last(block, layout))
		next = (uint64_t)block;
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
	void *moved;

	layout_check(layout);
	if (new_size == 0)
		return NULL;
	if (is_last(block, layout) || new_size <= layout.size) {
		if (new_size > until - (uint64_t)block)
			return NULL;
		next = (uint64_t)block + new_size;
		return block;
	}
	moved = alloc((struct layout){ new_size, layout.align });
	if (moved) {
		memcpy(moved, block, new_size < layout.size ? new_size : layout.size);
		dealloc(block, layout);
	}
	return moved;
}
