/*
 * Design: a bitmap.  The heap begins with one bit for each 16 bytes of the
 * rest, 1 for in use; a request looks for zeroes in a row.  Free neighbours
 * need no joining, for nothing ever stood between them.
 *
 * A test must not assume that the heap's first bytes are ever handed out, that
 * all of the heap is, or that free memory is written to: this allocator writes
 * to its map alone, so what a caller left in a block stays there.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

#define GRANULE 16ull
#define BITS 8

static uint8_t *map;
static uint64_t first_granule; /* its address */
static uint64_t granules;

static bool is_used(uint64_t granule)
{
	return map[granule / BITS] >> granule % BITS & 1;
}

static void set_used(uint64_t granule, bool used)
{
	uint8_t bit = 1 << granule % BITS;

	if (used)
		map[granule / BITS] |= bit;
	else
		map[granule / BITS] &= ~bit;
}

/* How many granules the size takes; no sum that could overflow. */
static uint64_t granules_of(size_t size)
{
	return size / GRANULE + (size % GRANULE != 0);
}

static uint64_t bytes_of_map(uint64_t count)
{
	return (count + BITS - 1) / BITS;
}

void allocator_init(void *start, size_t size)
{
	uint64_t end = (uint64_t)start + size;

	/* Fewer and fewer granules, until the map has room in front of them. */
	map = start;
	for (granules = size / GRANULE; granules > 0; granules--) {
		first_granule = align_up(
			(uint64_t)start + bytes_of_map(granules), GRANULE);
		if (first_granule + granules * GRANULE <= end)
			break;
	}
	for (uint64_t i = 0; i < bytes_of_map(granules); i++)
		map[i] = 0;
}

/*
 * The lowest granule from this one on that may be free and begins at a multiple
 * of align; `granules` if there is none.
 */
static uint64_t next_candidate(uint64_t granule, uint64_t align)
{
	uint64_t address;

	/* Eight in use at a glance: most of a full heap is passed so. */
	while (granule % BITS == 0 && granule < granules &&
	       map[granule / BITS] == 0xff)
		granule += BITS;
	address = first_granule + granule * GRANULE;
	if (granule >= granules || address > UINT64_MAX - (align - 1))
		return granules;
	granule = (align_up(address, align) - first_granule) / GRANULE;
	return granule < granules ? granule : granules;
}

/* How many granules in a row are free, from this one on; no more than most. */
static uint64_t free_in_a_row(uint64_t granule, uint64_t most)
{
	uint64_t count = 0;

	while (count < most && granule + count < granules &&
	       !is_used(granule + count))
		count++;
	return count;
}

void *alloc(struct layout layout)
{
	uint64_t wanted = granules_of(layout.size);
	uint64_t granule, found;

	layout_check(layout);
	if (wanted == 0 || wanted > granules)
		return NULL;
	for (granule = next_candidate(0, layout.align); granule < granules;
	     granule = next_candidate(granule + found + 1, layout.align)) {
		found = free_in_a_row(granule, wanted);
		if (found < wanted)
			continue;
		for (uint64_t i = 0; i < wanted; i++)
			set_used(granule + i, true);
		return (void *)(first_granule + granule * GRANULE);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	uint64_t granule = ((uint64_t)block - first_granule) / GRANULE;
	uint64_t end = granule + granules_of(layout.size);

	for (; granule < end; granule++) {
		require(is_used(granule), "block %p of %zu bytes is not in use",
			block, layout.size);
		set_used(granule, false);
	}
}
