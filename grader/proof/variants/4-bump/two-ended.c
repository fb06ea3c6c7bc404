/*
 * Design: two bumps towards each other.  Blocks of at least 256 bytes come from
 * above, small ones from below; each side has a count of its own, and comes back
 * when that is 0.
 *
 * A test must not assume that memory comes back for all blocks at the same time,
 * or that blocks lie in the order in which they were taken.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define LARGE 256

static uint64_t start, end;
static uint64_t low, high; /* free is what lies between them */
static size_t low_blocks, high_blocks;

void allocator_init(void *heap, size_t size)
{
	start = (uint64_t)heap;
	end = start + size;
	low = start;
	high = end;
	low_blocks = 0;
	high_blocks = 0;
}

static void *alloc_high(struct layout layout)
{
	uint64_t address = align_down(high - layout.size, layout.align);

	if (address < low)
		return NULL;
	high = address;
	high_blocks++;
	return (void *)address;
}

static void *alloc_low(struct layout layout)
{
	uint64_t address = align_up(low, layout.align);

	if (address > high || layout.size > high - address)
		return NULL;
	low = address + layout.size;
	low_blocks++;
	return (void *)address;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > high - low)
		return NULL;
	return layout.size >= LARGE ? alloc_high(layout) : alloc_low(layout);
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	if (layout.size >= LARGE && --high_blocks == 0)
		high = end;
	else if (layout.size < LARGE && --low_blocks == 0)
		low = start;
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
