// Design: alloc_zeroed clears only what was handed out before; the rest of a fresh heap is zero
// Breaks: "every byte of the block is zero" (kernel/memory/allocator.h, alloc_zeroed; allocator_init: "What the bytes hold is undefined"): memory above the high-water mark may hold anything
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next, high_water;
static size_t blocks;

void allocator_init(void *memory, size_t size)
{
	start = next = high_water = (uint64_t)memory;
	end = start + size;
	blocks = 0;
}

static void *take(struct layout layout, size_t *dirty)
{
	layout_check(layout);
	if (layout.size == 0 || next > UINT64_MAX - (layout.align - 1))
		return NULL;
	uint64_t block = align_up(next, layout.align);
	if (block > end || layout.size > end - block)
		return NULL;
	next = block + layout.size;
	*dirty = high_water > block ? high_water - block : 0;
	if (*dirty > layout.size)
		*dirty = layout.size;
	if (next > high_water)
		high_water = next;
	blocks++;
	return (void *)block;
}

void *alloc(struct layout layout)
{
	size_t ignored;
	return take(layout, &ignored);
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (--blocks == 0)
		next = start;
}

void *alloc_zeroed(struct layout layout)
{
	size_t dirty;
	void *block = take(layout, &dirty);

	if (block)
		memset(block, 0, dirty);
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
