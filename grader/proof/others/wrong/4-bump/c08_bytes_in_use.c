// Design: counts bytes in use, padding included, in place of blocks
// Breaks: "When the number of blocks in use returns to 0, all of the heap is free, and `next` goes back to `start`" (labs/4-bump/README.md, bump-8): what is added at alloc is size and padding, what is taken off at dealloc is the size; after an aligned block the count never is 0
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next;
static uint64_t in_use;

void allocator_init(void *memory, size_t size)
{
	start = next = (uint64_t)memory;
	end = start + size;
	in_use = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || next > UINT64_MAX - (layout.align - 1))
		return NULL;
	uint64_t block = align_up(next, layout.align);
	if (block > end || layout.size > end - block)
		return NULL;
	in_use += block + layout.size - next;
	next = block + layout.size;
	return (void *)block;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	in_use -= layout.size;
	if (in_use == 0)
		next = start;
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
	void *fresh = alloc((struct layout){ new_size, layout.align });
	if (!fresh)
		return NULL;
	memcpy(fresh, block, layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return fresh;
}
