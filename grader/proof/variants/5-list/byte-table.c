/*
 * Design: a table of its own, outside the heap, with one byte for each 16 bytes
 * of the largest heap; a request looks for zeroes in a row.
 *
 * A test must not assume that allocator_init is cheap: this one clears the whole
 * table, however small the heap is.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"
#include "memory/heap.h"

#define GRANULE 16ull
#define TABLE_SIZE (HEAP_SIZE / GRANULE)

static uint8_t is_used[TABLE_SIZE];
static uint64_t first_granule; /* its address */
static uint64_t granules;

void allocator_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);

	first_granule = first;
	granules = first < end ? (end - first) / GRANULE : 0;
	for (uint64_t i = 0; i < TABLE_SIZE; i++)
		is_used[i] = 0;
}

static void set_used(uint64_t granule, uint64_t count, uint8_t used)
{
	for (uint64_t i = 0; i < count; i++)
		is_used[granule + i] = used;
}

/* Whether so many granules from this one on are in the heap and free. */
static int are_free(uint64_t granule, uint64_t count)
{
	if (count > granules - granule)
		return 0;
	for (uint64_t i = 0; i < count; i++)
		if (is_used[granule + i])
			return 0;
	return 1;
}

void *alloc(struct layout layout)
{
	uint64_t count, address;

	layout_check(layout);
	if (layout.size == 0 || layout.size > granules * GRANULE)
		return NULL;
	count = align_up(layout.size, GRANULE) / GRANULE;
	for (uint64_t i = 0; i < granules; i++) {
		address = first_granule + i * GRANULE;
		if (address % layout.align || !are_free(i, count))
			continue;
		set_used(i, count, 1);
		return (void *)address;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	set_used(((uint64_t)block - first_granule) / GRANULE,
		 align_up(layout.size, GRANULE) / GRANULE, 0);
}
