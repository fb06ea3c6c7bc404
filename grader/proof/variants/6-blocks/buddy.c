/*
 * Design: a buddy system that never walks a list.  A table says of each piece
 * of the heap whether a free block begins there, and how large it is; lists
 * go both ways, so that a buddy is taken out at once.  There is no fallback:
 * a request of any size is a block.  This is the lab's second challenge.
 *
 * A test must not assume that memory stays with a class, that a large block
 * takes no more than it asks for, or that the largest block of an empty
 * heap is nearly all of it.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

/* A block of order n has 2^n bytes and lies at a multiple of them. */
#define SMALLEST_ORDER 4
#define ORDERS 24 /* so the largest block has 8 MiB */

struct free_block {
	struct free_block *next, *previous;
};

/* As much of a heap as the table is for; of a larger one no more is used. */
#define PIECES (1u << 18)
#define PIECE (1ull << SMALLEST_ORDER)

static struct free_block *free_blocks[ORDERS];
static uint8_t order_at[PIECES]; /* of the free block that begins there, or 0 */
static uint64_t first, end;

static uint64_t size_of(unsigned order)
{
	return 1ull << order;
}

static uint8_t *entry_of(uint64_t address)
{
	return &order_at[(address - first) / PIECE];
}

static void insert(uint64_t address, unsigned order)
{
	struct free_block *block = (struct free_block *)address;

	block->previous = NULL;
	block->next = free_blocks[order];
	if (block->next)
		block->next->previous = block;
	free_blocks[order] = block;
	*entry_of(address) = order;
}

static void take_out(uint64_t address, unsigned order)
{
	struct free_block *block = (struct free_block *)address;

	if (block->next)
		block->next->previous = block->previous;
	if (block->previous)
		block->previous->next = block->next;
	else
		free_blocks[order] = block->next;
	*entry_of(address) = 0;
}

/* ORDERS or more if no block is so large. */
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
	uint64_t address;

	first = align_up((uint64_t)start, PIECE);
	end = align_down((uint64_t)start + size, PIECE);
	if (first < end && end - first > PIECES * PIECE)
		end = first + PIECES * PIECE;
	for (address = first; address < end; address += PIECE)
		*entry_of(address) = 0;
	for (unsigned order = 0; order < ORDERS; order++)
		free_blocks[order] = NULL;
	for (address = first; address < end;) {
		unsigned order = ORDERS - 1;

		while (address % size_of(order) ||
		       size_of(order) > end - address)
			order--;
		insert(address, order);
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
	for (order = wanted; order < ORDERS && !free_blocks[order]; order++)
		;
	if (order >= ORDERS)
		return NULL;
	address = (uint64_t)free_blocks[order];
	take_out(address, order);
	while (order > wanted) {
		order--;
		insert(address + size_of(order), order);
	}
	return (void *)address;
}

static bool is_free(uint64_t address, unsigned order)
{
	return address >= first && address < end && *entry_of(address) == order;
}

void dealloc(void *block, struct layout layout)
{
	uint64_t address = (uint64_t)block;
	unsigned order = order_of(layout);

	while (order + 1 < ORDERS && is_free(address ^ size_of(order), order)) {
		take_out(address ^ size_of(order), order);
		address &= ~size_of(order);
		order++;
	}
	insert(address, order);
}
