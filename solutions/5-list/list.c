/*
 * The linked-list allocator: free memory keeps the books about itself.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/*
 * Each free block begins with its size and the address of the next free block.
 * A block in use holds nothing of ours, for whoever frees it tells its layout
 * again.
 *
 *   first_free
 *       |
 *       v
 *   +----+------+------+----------+----+------+----------+----+------+------+
 *   | 64 | next | free |  in use  | 32 | next |  in use  | 96 | NULL | free |
 *   +----+------+------+----------+----+------+----------+----+------+------+
 *           |                     ^       |              ^
 *           +---------------------+       +--------------+
 *
 * Every block begins at a multiple of GRANULE and is a multiple of it long.
 * GRANULE is the size of the two words, so whatever is left over in front of a
 * block (its alignment's padding) or behind it is either nothing, or enough to
 * be a free block again: no byte is ever lost.
 *
 * The list is sorted by address.  That costs dealloc a walk, and makes the free
 * neighbours of a block its neighbours in the list, where they can be joined.
 *
 * Shortcomings: alloc and dealloc walk the list, so they take as long as it is
 * (lab 6 does better), and dealloc walks it once more to check it; freeing a
 * block twice is noticed only while its bytes are still free (lab 8).
 */
struct free_block {
	size_t size; /* in bytes, these two words included */
	struct free_block *next; /* the next one upwards, or NULL */
};

#define GRANULE sizeof(struct free_block)
_Static_assert(GRANULE == 16, "two words of eight bytes");

static struct free_block *first_free;

static uint64_t block_start(const struct free_block *block)
{
	return (uint64_t)block;
}

static uint64_t block_end(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

/* Make the bytes of [start, end) a free block. */
static struct free_block *block_make(uint64_t start, uint64_t end,
				     struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	block->size = end - start;
	block->next = next;
	return block;
}

/*
 * The lowest address in the free block at which `size` bytes begin at a
 * multiple of align, or 0 if they do not fit.  Subtracts where an addition
 * could overflow.
 */
static uint64_t block_fit(const struct free_block *block, uint64_t size,
			  uint64_t align)
{
	uint64_t address;

	if (block_start(block) > UINT64_MAX - (align - 1))
		return 0;
	address = align_up(block_start(block), align);
	if (address > block_end(block) || size > block_end(block) - address)
		return 0;
	return address;
}

/*
 * Take [start, end) out of the free block that *link leads to.  What is left
 * behind it and in front of it stays in the list.
 */
static void block_cut(struct free_block **link, uint64_t start, uint64_t end)
{
	uint64_t old_start = block_start(*link), old_end = block_end(*link);
	struct free_block *rest = (*link)->next;

	if (end < old_end)
		rest = block_make(end, old_end, rest);
	if (old_start < start)
		rest = block_make(old_start, start, rest);
	*link = rest;
}

/* If the next free block begins where this one ends, make them one. */
static void block_join_next(struct free_block *block)
{
	struct free_block *next = block->next;

	if (!next || block_start(next) != block_end(block))
		return;
	block->size += next->size;
	block->next = next->next;
}

/*
 * The invariants of one free block and the next: whole granules, sorted by
 * address, and something in use between the two.
 */
static void block_check(const struct free_block *block)
{
	require(block->size > 0 && block->size % GRANULE == 0 &&
			block_start(block) % GRANULE == 0,
		"free block %p of %zu bytes: these are no whole granules",
		(void *)block, block->size);
	require(!block->next || block_start(block->next) > block_end(block),
		"free block %p of %zu bytes reaches the next one at %p",
		(void *)block, block->size, (void *)block->next);
}

/* Panics after a caller freed the same block twice, among other things. */
static void list_check(void)
{
	for (struct free_block *block = first_free; block; block = block->next)
		block_check(block);
}
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 5, task 1: your code here. */
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);

	first_free = first < end ? block_make(first, end, NULL) : NULL;
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 5, task 1: your code here. */
	struct free_block **link;
	uint64_t size, start;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	size = align_up(layout.size, GRANULE);
	for (link = &first_free; *link; link = &(*link)->next) {
		start = block_fit(*link, size, layout.align);
		if (!start)
			continue;
		block_cut(link, start, start + size);
		return (void *)start;
	}
	return NULL;
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 5, task 2: your code here. */
	uint64_t start = (uint64_t)block;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block **link = &first_free, *before = NULL;

	while (*link && block_start(*link) < start) {
		before = *link;
		link = &before->next;
	}
	*link = block_make(start, end, *link);
	block_join_next(*link);
	if (before)
		block_join_next(before);
	list_check();
	/* End of your code. */
}
