/*
 * Design: a buddy system (Knuth, The Art of Computer Programming, volume 1,
 * section 2.5).  Every block has a size that is a power of two and lies at a
 * multiple of it.  A larger block is halved until it is as small as it may be;
 * two free halves, which are buddies, become a block again.  One list of free
 * blocks for each size, in any order.
 *
 * A block's size follows from its layout alone, align included, and the address
 * of its buddy differs in one bit, so there are no headers.
 *
 * A test must not assume that a request for 9 bytes takes less room than one
 * for 16 (or 65 less than 128), that the largest block of an empty heap is
 * nearly all of it, that any two free neighbours can be joined, or that blocks
 * come in order of address.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct free_block {
	struct free_block *next;
};

/* A block of order n has 2^n bytes, from 16 on. */
#define SMALLEST_ORDER 4
#define ORDERS 48 /* as many bits as a virtual address has */

static struct free_block *free_blocks[ORDERS];

static uint64_t size_of(unsigned order)
{
	return 1ull << order;
}

static void push(uint64_t address, unsigned order)
{
	struct free_block *block = (struct free_block *)address;

	block->next = free_blocks[order];
	free_blocks[order] = block;
}

static uint64_t pop(unsigned order)
{
	struct free_block *block = free_blocks[order];

	free_blocks[order] = block->next;
	return (uint64_t)block;
}

/* Take the block at the address out of its list, if it is there. */
static bool take_out(uint64_t address, unsigned order)
{
	struct free_block **link = &free_blocks[order];

	while (*link && (uint64_t)*link != address)
		link = &(*link)->next;
	if (!*link)
		return false;
	*link = (*link)->next;
	return true;
}

/* The order of the smallest block that will do; ORDERS if none is so large. */
static unsigned order_of(struct layout layout)
{
	size_t wanted = layout.size > layout.align ? layout.size : layout.align;
	unsigned order = SMALLEST_ORDER;

	while (order < ORDERS && size_of(order) < wanted)
		order++;
	return order;
}

void allocator_init(void *start, size_t size)
{
	uint64_t address = align_up((uint64_t)start, size_of(SMALLEST_ORDER));
	uint64_t end =
		align_down((uint64_t)start + size, size_of(SMALLEST_ORDER));

	for (unsigned order = 0; order < ORDERS; order++)
		free_blocks[order] = NULL;
	/* From the lowest address on, each block as large as may be there. */
	while (address < end) {
		unsigned order = ORDERS - 1;

		while (address % size_of(order) ||
		       size_of(order) > end - address)
			order--;
		push(address, order);
		address += size_of(order);
	}
}

void *alloc(struct layout layout)
{
	unsigned order, wanted;
	uint64_t address;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	wanted = order_of(layout);
	for (order = wanted; order < ORDERS; order++) {
		if (free_blocks[order])
			break;
	}
	if (order >= ORDERS)
		return NULL;
	address = pop(order);
	while (order > wanted) {
		order--;
		push(address + size_of(order), order);
	}
	return (void *)address;
}

void dealloc(void *block, struct layout layout)
{
	uint64_t address = (uint64_t)block;
	unsigned order = order_of(layout);

	/* A buddy outside the heap is in no list. */
	while (order + 1 < ORDERS &&
	       take_out(address ^ size_of(order), order)) {
		address &= ~size_of(order);
		order++;
	}
	push(address, order);
}
