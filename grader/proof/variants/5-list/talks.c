/*
 * Design: the block with the most room, whichever it is; every call says what it does,
 * shows the whole heap and checks the whole list, before and after.
 *
 * A test must not assume that a submission is silent, nor that it does in a call only
 * what the call needs.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/console.h"
#include "memory/align.h"

struct free_block {
	size_t size;
	struct free_block *next; /* upwards */
};

#define GRANULE sizeof(struct free_block)

static struct free_block *lowest;
static size_t heap_size;

static uint64_t end_of(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

/* Every free block with a check of it; and how much of the heap that is. */
static void show_and_check(const char *when, const char *call)
{
	size_t free = 0, count = 0;

	debug_printf("%s %s:\n", when, call);
	for (struct free_block *block = lowest; block; block = block->next) {
		debug_printf("    %zu. %p to 0x%llx, %zu bytes free\n", ++count,
			     (void *)block, (unsigned long long)end_of(block),
			     block->size);
		require(block->size && block->size % GRANULE == 0,
			"a block of %zu bytes", block->size);
		require(!block->next || end_of(block) < (uint64_t)block->next,
			"block %p reaches the next", (void *)block);
		free += block->size;
	}
	require(free <= heap_size, "%zu bytes of %zu are free", free, heap_size);
	debug_printf("    %zu of %zu bytes are free\n", free, heap_size);
}

/* Make [start, end) a free block in front of next, unless it is empty. */
static struct free_block *make(uint64_t start, uint64_t end,
			       struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	if (start >= end)
		return next;
	block->size = end - start;
	block->next = next;
	return block;
}

void allocator_init(void *start, size_t size)
{
	debug_printf("allocator_init: %zu bytes at %p\n", size, start);
	heap_size = size;
	lowest = make(align_up((uint64_t)start, GRANULE),
		      align_down((uint64_t)start + size, GRANULE), NULL);
	show_and_check("after", "allocator_init");
}

/* Where in the block the request can begin; 0 if it does not fit. */
static uint64_t fit(const struct free_block *block, struct layout layout)
{
	uint64_t start = (uint64_t)block;

	if (start > UINT64_MAX - layout.align)
		return 0;
	start = align_up(start, layout.align);
	if (start > end_of(block) || layout.size > end_of(block) - start)
		return 0;
	return start;
}

void *alloc(struct layout layout)
{
	struct free_block **best = NULL, *block;
	uint64_t start, end;

	layout_check(layout);
	debug_printf("alloc: %zu bytes, align %zu\n", layout.size, layout.align);
	show_and_check("before", "alloc");
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	layout.size = align_up(layout.size, GRANULE);
	for (struct free_block **link = &lowest; *link; link = &(*link)->next)
		if (fit(*link, layout) && (!best || (*link)->size > (*best)->size))
			best = link;
	if (!best)
		return NULL;
	block = *best;
	start = fit(block, layout);
	end = start + layout.size;
	*best = make((uint64_t)block, start,
		     make(end, end_of(block), block->next));
	show_and_check("after", "alloc");
	return (void *)start;
}

void dealloc(void *memory, struct layout layout)
{
	uint64_t start = (uint64_t)memory;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block **link = &lowest;

	debug_printf("dealloc: %zu bytes at %p\n", layout.size, memory);
	show_and_check("before", "dealloc");
	while (*link && end_of(*link) < start)
		link = &(*link)->next;
	if (*link && end_of(*link) == start) {
		start = (uint64_t)*link;
		*link = (*link)->next;
	}
	if (*link && (uint64_t)*link == end) {
		end = end_of(*link);
		*link = (*link)->next;
	}
	*link = make(start, end, *link);
	show_and_check("after", "dealloc");
}
