// Design: a map with one byte for each 16 bytes of heap, linear search from the bottom; each call checks the whole map first.
// Right: slow: each call checks all of the map; free memory and what lies behind a block up to the granule are the allocator's, so it fills and checks them
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

#define CELL ((size_t)16)

enum state {
	FREE = 0x3f,
	FIRST = 0xb1,	/* a block begins here */
	MORE = 0xb2,	/* and goes on here */
};

#define FREED 0xdfdfdfdfdfdfdfdfu
#define BEHIND 0xca

static unsigned char *cells;	/* the heap, by cells */
static unsigned char *map;	/* right behind its last cell */
static size_t cell_count;
static size_t touched;		/* cells and map are undefined from here on: all free */
static size_t cells_in_use, blocks_in_use;
static uint64_t map_sum;	/* of all map[i] * (i + 1) */

static unsigned char *cell(size_t i)
{
	return cells + i * CELL;
}

static void set(size_t i, enum state state)
{
	map_sum += ((uint64_t)state - map[i]) * (i + 1);
	map[i] = (unsigned char)state;
}

static void check_everything(void)
{
	size_t used = 0, blocks = 0;
	uint64_t sum = 0;
	unsigned char before = FREE;

	require(touched <= cell_count, "heap check: %zu of %zu cells touched",
		touched, cell_count);
	for (size_t i = 0; i < touched; i++) {
		unsigned char now = map[i];

		sum += (uint64_t)now * (i + 1);
		if (now == FREE) {
			const uint64_t *words = (const uint64_t *)cell(i);
			require(words[0] == FREED && words[1] == FREED,
				"heap check: somebody wrote into free memory at %p",
				(void *)cell(i));
		} else if (now == FIRST) {
			used++;
			blocks++;
		} else {
			require(now == MORE && before != FREE,
				"heap check: the map is broken at cell %zu", i);
			used++;
		}
		before = now;
	}
	require(sum == map_sum && used == cells_in_use &&
			blocks == blocks_in_use,
		"heap check: %zu cells in %zu blocks, expected %zu in %zu",
		used, blocks, cells_in_use, blocks_in_use);
}

void allocator_init(void *start, size_t size)
{
	size_t skip = (CELL - (uintptr_t)start % CELL) % CELL;

	cells = map = NULL;
	cell_count = touched = cells_in_use = blocks_in_use = 0;
	map_sum = 0;
	if (size <= skip)
		return;
	cell_count = (size - skip) / (CELL + 1);
	if (cell_count == 0)
		return;
	cells = (unsigned char *)start + skip;
	map = cells + cell_count * CELL;
}

static size_t cells_for(size_t size)
{
	return size / CELL + (size % CELL != 0);
}

/* The first of n free cells at a multiple of align; cell_count if there are none. */
static size_t find(size_t n, size_t align)
{
	size_t i = 0;

	while (i < cell_count) {
		/* How far is it to the next address that will do? */
		size_t skip = -(uintptr_t)cell(i) & (align - 1);
		if (skip / CELL >= cell_count - i)
			break;
		i += skip / CELL;
		if (cell_count - i < n)
			break;

		size_t end = i;
		while (end < touched && end - i < n && map[end] == FREE)
			end++;
		if (end - i == n || end >= touched)
			return i;
		i = end + 1;
	}
	return cell_count;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	check_everything();

	size_t n = cells_for(layout.size);
	if (n == 0 || n > cell_count)
		return NULL;
	size_t at = find(n, layout.align < CELL ? CELL : layout.align);
	if (at == cell_count)
		return NULL;

	while (touched < at + n) {
		memset(cell(touched), (int)(FREED & 0xff), CELL);
		map[touched] = FREE;
		map_sum += (uint64_t)FREE * (touched + 1);
		touched++;
	}
	for (size_t i = 0; i < n; i++)
		set(at + i, i == 0 ? FIRST : MORE);
	cells_in_use += n;
	blocks_in_use++;
	memset(cell(at) + layout.size, BEHIND, n * CELL - layout.size);
	return cell(at);
}

void dealloc(void *block, struct layout layout)
{
	check_everything();

	uintptr_t offset = (uintptr_t)block - (uintptr_t)cells;
	size_t at = offset / CELL, n = cells_for(layout.size);
	require(offset % CELL == 0 && at < touched && map[at] == FIRST,
		"dealloc: no block in use begins at %p", block);
	require(n > 0 && n <= touched - at, "dealloc: %p is not that large",
		block);
	for (size_t i = 1; i < n; i++)
		require(map[at + i] == MORE, "dealloc: %p is smaller than %zu",
			block, layout.size);
	require(at + n == touched || map[at + n] != MORE,
		"dealloc: %p is larger than %zu", block, layout.size);
	for (size_t i = layout.size; i < n * CELL; i++)
		require(cell(at)[i] == BEHIND,
			"dealloc: somebody wrote behind the block %p of %zu",
			block, layout.size);

	for (size_t i = 0; i < n; i++) {
		set(at + i, FREE);
		memset(cell(at + i), (int)(FREED & 0xff), CELL);
	}
	cells_in_use -= n;
	blocks_in_use--;
}
