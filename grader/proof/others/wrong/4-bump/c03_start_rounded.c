// Design: the heap's start is rounded to 16 in init, sizes are not
// Breaks: "Nothing outside of [start, start + size) is touched" (kernel/memory/allocator.h): the end is computed from the rounded start and lies up to 15 bytes too high
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next;
static size_t blocks;

void allocator_init(void *memory, size_t size)
{
	start = align_up((uint64_t)memory, 16);
	end = start + size;
	next = start;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.align > end)
		return NULL;
	uint64_t block = align_up(next, layout.align);
	if (block < next || block > end || layout.size > end - block)
		return NULL;
	next = block + layout.size;
	blocks++;
	return (void *)block;
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
