/*
 * Design: a table at the heap's beginning, with one byte for each 16 bytes of the
 * rest; a request looks for zeroes in a row.
 *
 * A test must not assume that allocator_init is cheap: this one clears the whole
 * table, as large as it is; nor that a request is met without a look at all of it.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

#define GRANULE 16ull

static uint8_t *is_used;
static uint64_t first_granule; /* its address */
static uint64_t granules;

/* Each granule needs one byte of the table besides; the table is whole granules. */
void allocator_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);
	uint64_t all = first < end ? (end - first) / GRANULE : 0;
	uint64_t table_granules = (all + GRANULE) / (GRANULE + 1);

	is_used = (uint8_t *)first;
	first_granule = first + table_granules * GRANULE;
	granules = all - table_granules;
	for (uint64_t i = 0; i < granules; i++)
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
