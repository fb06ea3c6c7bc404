/*
 * Design: deferred coalescing.  dealloc puts a block in front of a list of its
 * own, in constant time, and joins nothing.  The next request of about its size
 * finds it there.  Only when a request fits nowhere are all of these blocks
 * sorted into the other list and joined with their neighbours.  Both lists give
 * the upper end of a block.
 *
 * A test must not assume that free neighbours are one block at once, that alloc
 * costs about the same each time, that the first block of a heap lies at its
 * beginning, or that addresses grow.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct free_block {
	size_t size; /* in bytes, these two words included */
	struct free_block *next;
};

/* All blocks begin at multiples of it and are multiples of it long. */
#define GRANULE sizeof(struct free_block)
_Static_assert(GRANULE == 16, "two words of eight bytes");

static struct free_block *returned; /* the last one first */
static struct free_block *joined; /* by address, and no two touch */

static uint64_t block_start(const struct free_block *block)
{
	return (uint64_t)block;
}

static uint64_t block_end(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

static struct free_block *block_make(uint64_t start, uint64_t end,
				     struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	block->size = end - start;
	block->next = next;
	return block;
}

/* The highest place for the request in the free block; 0 if there is none. */
static uint64_t block_fit(const struct free_block *block, uint64_t size,
			  uint64_t align)
{
	uint64_t address;

	if (size > block->size)
		return 0;
	address = align_down(block_end(block) - size,
			     align < GRANULE ? GRANULE : align);
	return address >= block_start(block) ? address : 0;
}

/* Take [start, end) out of the block at *link; the rest keeps its place. */
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

/* A block out of that list, in which the order does not change; or NULL. */
static void *list_take(struct free_block **link, uint64_t size, uint64_t align)
{
	for (; *link; link = &(*link)->next) {
		uint64_t start = block_fit(*link, size, align);

		if (!start)
			continue;
		block_cut(link, start, start + size);
		return (void *)start;
	}
	return NULL;
}

static void join_next(struct free_block *block)
{
	struct free_block *next = block->next;

	if (!next || block_start(next) != block_end(block))
		return;
	block->size += next->size;
	block->next = next->next;
}

static void join(struct free_block *block)
{
	struct free_block **link = &joined, *before = NULL;

	while (*link && block_start(*link) < block_start(block)) {
		before = *link;
		link = &before->next;
	}
	block->next = *link;
	*link = block;
	join_next(block);
	if (before)
		join_next(before);
}

static void join_all(void)
{
	while (returned) {
		struct free_block *block = returned;

		returned = block->next;
		join(block);
	}
}

void allocator_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);

	returned = NULL;
	joined = first < end ? block_make(first, end, NULL) : NULL;
}

void *alloc(struct layout layout)
{
	uint64_t size;
	void *block;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	size = align_up(layout.size, GRANULE);
	block = list_take(&returned, size, layout.align);
	if (!block)
		block = list_take(&joined, size, layout.align);
	if (block || !returned)
		return block;
	join_all();
	return list_take(&joined, size, layout.align);
}

void dealloc(void *block, struct layout layout)
{
	uint64_t start = (uint64_t)block;

	returned = block_make(start, start + align_up(layout.size, GRANULE),
			      returned);
}
