// Design: upwards and downwards in turn: each time all is free the direction changes; counts of taken and given
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static uint64_t low, high;
static uint64_t edge;
static size_t taken, given;
static unsigned generation;

typedef bool (*taker)(struct layout layout, uint64_t *block);

static bool take_up(struct layout layout, uint64_t *block)
{
	if (edge > UINT64_MAX - (layout.align - 1))
		return false;
	*block = align_up(edge, layout.align);
	if (*block > high || high - *block < layout.size)
		return false;
	edge = *block + layout.size;
	return true;
}

static bool take_down(struct layout layout, uint64_t *block)
{
	if (edge - low < layout.size)
		return false;
	*block = align_down(edge - layout.size, layout.align);
	if (*block < low)
		return false;
	edge = *block;
	return true;
}

static const taker takers[2] = { take_up, take_down };

static void begin_generation(unsigned g)
{
	generation = g;
	taken = given = 0;
	edge = g % 2 ? high : low;
}

void allocator_init(void *start, size_t size)
{
	low = (uint64_t)start;
	high = low + size;
	begin_generation(0);
}

void *alloc(struct layout layout)
{
	uint64_t block;

	layout_check(layout);
	if (layout.size == 0 || !takers[generation % 2](layout, &block))
		return NULL;
	taken++;
	return (void *)block;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (++given == taken)
		begin_generation(generation + 1);
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (!block)
		return NULL;
	memset(block, 0, layout.size);
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *fresh = alloc((struct layout){ new_size, layout.align });

	if (!fresh)
		return NULL;
	memmove(fresh, block, new_size < layout.size ? new_size : layout.size);
	dealloc(block, layout);
	return fresh;
}
