// Design: debugging: a canary of 4 bytes behind each block, checked when it is given back
// Breaks: "NULL when ... there is no such block" (kernel/memory/allocator.h): a block that fits exactly is refused, its canary has no room
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"

#define CANARY 4

static const unsigned char canary[CANARY] = { 0xde, 0xad, 0xbe, 0xef };
static char *low, *high, *next;
static size_t blocks;

void allocator_init(void *start, size_t size)
{
	low = next = start;
	high = low + size;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	size_t skip, left = (size_t)(high - next);

	layout_check(layout);
	skip = -(uintptr_t)next & (layout.align - 1);
	if (layout.size == 0 || left < CANARY || skip > left - CANARY ||
	    layout.size > left - CANARY - skip)
		return NULL;
	char *block = next + skip;
	memcpy(block + layout.size, canary, CANARY);
	next = block + layout.size + CANARY;
	blocks++;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	require(memcmp((char *)block + layout.size, canary, CANARY) == 0,
		"written behind the block at %p", block);
	if (--blocks == 0)
		next = low;
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);
	return block ? memset(block, 0, layout.size) : NULL;
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
