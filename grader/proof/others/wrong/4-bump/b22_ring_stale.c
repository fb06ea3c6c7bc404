// Design: ring of the last 16 blocks, to undo
// Breaks: "A block of layout.size bytes at a multiple of layout.align, which no other block in use overlaps" (kernel/memory/allocator.h): a slot of the ring keeps the freed mark of who had it before, so that a block in use is undone with its successor
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

#define RING 16

struct step {
	uint64_t block, before;
	bool freed;
};

static uint64_t lowest, border, next;
static size_t blocks;
static struct step ring[RING];
static size_t steps;		/* in the ring, the newest is ring[(head - 1) % RING] */
static size_t head;

static void restart(void)
{
	next = lowest;
	blocks = 0;
	steps = 0;
	head = 0;
}

void allocator_init(void *start, size_t size)
{
	lowest = (uint64_t)start;
	border = lowest + size;
	restart();
}

void *alloc(struct layout layout)
{
	uint64_t block;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	if (layout.align > 1 && next > UINT64_MAX - layout.align + 1)
		return NULL;
	block = align_up(next, layout.align);
	if (block > border || border - block < layout.size)
		return NULL;
	ring[head % RING].block = block;
	ring[head++ % RING].before = next;
	if (steps < RING)
		steps++;
	next = block + layout.size;
	blocks++;
	return (void *)block;
}

void dealloc(void *block, struct layout layout)
{
	(void)layout;
	if (--blocks == 0) {
		restart();
		return;
	}
	for (size_t i = 1; i <= steps; i++)
		if (ring[(head - i) % RING].block == (uint64_t)block)
			ring[(head - i) % RING].freed = true;
	while (steps > 0 && ring[(head - 1) % RING].freed) {
		next = ring[(head - 1) % RING].before;
		head--;
		steps--;
	}
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
		memcpy(other, block, new_size < layout.size ? new_size : layout.size);
		dealloc(block, layout);
	}
	return other;
}
