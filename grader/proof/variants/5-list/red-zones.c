/*
 * Design: every block has a header in front, which says where its memory begins
 * and how long it is, and 48 bytes on either side that nobody may touch.  A
 * request for an align gets so many bytes more, and the address is rounded up.
 *
 * A test must not assume that blocks cost little: one of a single byte takes 128,
 * and one with an align of 32 KiB takes a third of the heap.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

#define UNIT 16ull
#define RED_ZONE 48ull

struct free_block {
	uint64_t size;
	struct free_block *next; /* the next one upwards */
};

struct header {
	uint64_t start, size; /* of all that belongs to the block */
};

#define IN_FRONT (sizeof(struct header) + RED_ZONE)

/* Larger requests cannot be met, and rounding them up could overflow. */
#define LARGEST (1ull << 48)

static struct free_block *first_free;

void allocator_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, UNIT);
	uint64_t end = align_down((uint64_t)start + size, UNIT);

	first_free = NULL;
	if (first >= end)
		return;
	first_free = (struct free_block *)first;
	*first_free = (struct free_block){ end - first, NULL };
}

/* Take the lower `size` bytes of the free block that *link leads to. */
static void take(struct free_block **link, uint64_t size)
{
	struct free_block *block = *link, *rest;

	if (block->size == size) {
		*link = block->next;
		return;
	}
	rest = (struct free_block *)((uint64_t)block + size);
	*rest = (struct free_block){ block->size - size, block->next };
	*link = rest;
}

void *alloc(struct layout layout)
{
	uint64_t size, start, memory;
	struct free_block **link = &first_free;

	layout_check(layout);
	if (layout.size == 0 || layout.size > LARGEST || layout.align > LARGEST)
		return NULL;
	size = IN_FRONT + align_up(layout.size, UNIT) + RED_ZONE;
	if (layout.align > UNIT)
		size += layout.align;
	while (*link && (*link)->size < size)
		link = &(*link)->next;
	if (!*link)
		return NULL;
	start = (uint64_t)*link;
	take(link, size);
	memory = align_up(start + IN_FRONT, layout.align);
	memory = align_up(memory, UNIT);
	*(struct header *)(memory - IN_FRONT) = (struct header){ start, size };
	return (void *)memory;
}

static void join_next(struct free_block *block)
{
	struct free_block *next = block->next;

	if ((uint64_t)block + block->size != (uint64_t)next)
		return;
	block->size += next->size;
	block->next = next->next;
}

void dealloc(void *memory, struct layout layout)
{
	struct header header = *(struct header *)((uint64_t)memory - IN_FRONT);
	struct free_block *block = (struct free_block *)header.start;
	struct free_block **link = &first_free, *before = NULL;

	(void)layout;
	while (*link && *link < block) {
		before = *link;
		link = &before->next;
	}
	*block = (struct free_block){ header.size, *link };
	*link = block;
	join_next(block);
	if (before)
		join_next(before);
}
