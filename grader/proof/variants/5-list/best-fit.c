/*
 * Design: best fit.  The list of free blocks is sorted by size, so the first
 * one in which a request fits is the smallest; what remains of it is sorted in
 * again.  Neighbours in memory may stand anywhere in the list, and dealloc
 * looks through all of it for them.
 *
 * A test must not assume that a request goes to the lowest address where it
 * fits, nor that two requests in a row lie next to each other.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct free_block {
	size_t size; /* in bytes, these two words included */
	struct free_block *next; /* one that is not smaller, or NULL */
};

/* All blocks begin at multiples of it and are multiples of it long. */
#define GRANULE sizeof(struct free_block)
_Static_assert(GRANULE == 16, "two words of eight bytes");

static struct free_block *smallest;

static uint64_t block_start(const struct free_block *block)
{
	return (uint64_t)block;
}

static uint64_t block_end(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

/* Make [start, end) a free block, unless it is empty. */
static void list_insert(uint64_t start, uint64_t end)
{
	struct free_block *block = (struct free_block *)start;
	struct free_block **link = &smallest;

	if (start >= end)
		return;
	while (*link && (*link)->size < end - start)
		link = &(*link)->next;
	block->size = end - start;
	block->next = *link;
	*link = block;
}

/* Where in the free block the request can begin; 0 if it does not fit. */
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

void allocator_init(void *start, size_t size)
{
	smallest = NULL;
	list_insert(align_up((uint64_t)start, GRANULE),
		    align_down((uint64_t)start + size, GRANULE));
}

void *alloc(struct layout layout)
{
	struct free_block **link = &smallest;
	uint64_t size, start, old_start, old_end;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	size = align_up(layout.size, GRANULE);
	while (*link && !block_fit(*link, size, layout.align))
		link = &(*link)->next;
	if (!*link)
		return NULL;
	start = block_fit(*link, size, layout.align);
	old_start = block_start(*link);
	old_end = block_end(*link);
	*link = (*link)->next;
	list_insert(old_start, start);
	list_insert(start + size, old_end);
	return (void *)start;
}

void dealloc(void *block, struct layout layout)
{
	uint64_t start = (uint64_t)block;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block **link = &smallest;

	/* At most two of them are neighbours, one on each side. */
	while (*link) {
		struct free_block *other = *link;

		if (block_end(other) == start)
			start = block_start(other);
		else if (block_start(other) == end)
			end = block_end(other);
		else {
			link = &other->next;
			continue;
		}
		*link = other->next;
	}
	list_insert(start, end);
}
