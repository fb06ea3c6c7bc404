// Design: a bitmap at the low end of the heap, a bit for each 16 bytes; first fit; nothing is stored in free memory; the last cell is never given
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lib/string.h"

#define CELL 16

static uint8_t *map;
static uintptr_t base;
static size_t cells;

static bool used(size_t cell)
{
	return map[cell / 8] >> cell % 8 & 1;
}

static void set(size_t from, size_t count, bool to)
{
	for (size_t i = from; i < from + count; i++) {
		if (to)
			map[i / 8] |= 1 << i % 8;
		else
			map[i / 8] &= ~(1 << i % 8);
	}
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, high = low + size;
	size_t bytes;

	cells = 0;
	if (size < 3 * CELL)
		return;
	map = start;
	/* A byte of the map serves 8 cells: 129 bytes are 1 and 8 cells. */
	bytes = size / (8 * CELL + 1) + 1;
	base = (low + bytes + CELL - 1) & ~(uintptr_t)(CELL - 1);
	if (base >= high)
		return;
	cells = (high - base) / CELL;
	memset(map, 0, bytes);
}

void *alloc(struct layout layout)
{
	size_t need, cell = 0;
	uintptr_t mask;

	layout_check(layout);
	need = layout.size / CELL + (layout.size % CELL != 0);
	if (need == 0 || need > cells)
		return NULL;
	mask = (layout.align < CELL ? CELL : layout.align) - 1;
	while (cell < cells - need) {
		uintptr_t at = base + cell * CELL;
		size_t n;

		if (at & mask) {
			uintptr_t skip = (-at & mask) / CELL;

			if (skip > cells)
				return NULL;
			cell += skip;
			continue;
		}
		for (n = 0; n < need && !used(cell + n); n++)
			;
		if (n == need) {
			set(cell, need, true);
			return (void *)at;
		}
		cell += n + 1;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	set(((uintptr_t)block - base) / CELL,
	    layout.size / CELL + (layout.size % CELL != 0), false);
}
