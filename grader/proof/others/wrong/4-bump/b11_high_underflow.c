// Design: two ends
// Breaks: "NULL when layout.size is 0 or when there is no such block, however large size and align are; the heap is unchanged then" (kernel/memory/allocator.h): high - size is not asked for underflow, only whether the result is below low; sizes near SIZE_MAX wrap around to above the heap
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define FROM_TOP_ALIGN 32

static uintptr_t bottom, top;		/* the whole heap */
static uintptr_t low, high;		/* what is free between */
static size_t users;

static void all_free(void)
{
	low = bottom;
	high = top;
}

void allocator_init(void *start, size_t size)
{
	bottom = (uintptr_t)start;
	top = bottom + size;
	users = 0;
	all_free();
}

static void *from_top(struct layout l)
{
	uintptr_t block;

	block = (high - l.size) & ~(l.align - 1);
	if (block < low || block == 0)
		return NULL;
	high = block;
	return (void *)block;
}

static void *from_bottom(struct layout l)
{
	uintptr_t skip = (l.align - (low & (l.align - 1))) & (l.align - 1);

	if (skip > high - low || l.size > high - low - skip)
		return NULL;
	low += skip + l.size;
	return (void *)(low - l.size);
}

void *alloc(struct layout layout)
{
	void *block;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	block = layout.align >= FROM_TOP_ALIGN ? from_top(layout) : from_bottom(layout);
	users += block != NULL;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	if (--users == 0)
		all_free();
	else if ((uintptr_t)block == high)
		high += layout.size;
	else if ((uintptr_t)block + layout.size == low)
		low = (uintptr_t)block;
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
	void *other = alloc((struct layout){ new_size, layout.align });
	if (other) {
		memcpy(other, block, new_size > layout.size ? layout.size : new_size);
		dealloc(block, layout);
	}
	return other;
}
