/*
 * Design: an empty class takes memory for several blocks at once, up to
 * 256 bytes, and keeps those that nobody asked for yet.  So the fallback
 * is asked less often, and eight bytes are eight bytes.
 *
 * A test must not assume that the fallback has all that is not in use,
 * or that a class's first blocks lie far from each other.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define SMALLEST_SHIFT 3
#define LARGEST_SHIFT 11
#define REFILL 256

struct free_block {
	struct free_block *next;
};

static struct free_block *lists[LARGEST_SHIFT + 1]; /* by logarithm */

/* The logarithm of the class, or more than LARGEST_SHIFT. */
static unsigned shift_of(struct layout layout)
{
	size_t needed = layout.size;

	if (layout.align > needed)
		needed = layout.align;
	if (needed <= 1u << SMALLEST_SHIFT)
		return SMALLEST_SHIFT;
	return 64 - (unsigned)__builtin_clzll(needed - 1);
}

static void push(void *memory, unsigned shift)
{
	struct free_block *block = memory;

	block->next = lists[shift];
	lists[shift] = block;
}

/* Make the list have a block, if there is one. */
static void refill(unsigned shift)
{
	size_t size = (size_t)1 << shift;
	size_t bytes = size > REFILL ? size : REFILL;
	char *memory = fallback_alloc((struct layout){ bytes, size });

	if (!memory) {
		bytes = size;
		memory = fallback_alloc((struct layout){ bytes, size });
	}
	for (size_t at = 0; memory && at < bytes; at += size)
		push(memory + at, shift);
}

void allocator_init(void *start, size_t size)
{
	for (unsigned shift = 0; shift <= LARGEST_SHIFT; shift++)
		lists[shift] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	struct free_block *block;
	unsigned shift;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	shift = shift_of(layout);
	if (shift > LARGEST_SHIFT)
		return fallback_alloc(layout);
	if (!lists[shift])
		refill(shift);
	block = lists[shift];
	if (block)
		lists[shift] = block->next;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	unsigned shift = shift_of(layout);

	if (shift > LARGEST_SHIFT)
		fallback_dealloc(block, layout);
	else
		push(block, shift);
}
