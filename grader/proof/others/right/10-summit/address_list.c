// Design: first fit in one list of free pieces, sorted by address and always joined; no books besides it.
// Right: a block in use has no header, for the layout says it all; every free piece is looked at before a request is refused
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

#define UNIT 16u

/* A free piece describes itself in its first 16 bytes. */
struct piece {
	struct piece *next;
	size_t size; /* of the whole piece, a multiple of UNIT */
};

_Static_assert(sizeof(struct piece) <= UNIT, "a unit must have room for a piece");

static struct piece *first_piece;
static uintptr_t heap_begin, heap_end; /* whole units only */

/* What a layout takes of the heap, or 0 if no heap has that much. */
static size_t footprint(struct layout layout)
{
	if (layout.size == 0 || layout.size > heap_end - heap_begin)
		return 0;
	return (layout.size + UNIT - 1) / UNIT * UNIT;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t from = (uintptr_t)start;
	uintptr_t skip = -from % UNIT;

	first_piece = NULL;
	heap_begin = heap_end = 0;
	if (size < skip || size - skip < UNIT)
		return;

	heap_begin = from + skip;
	heap_end = heap_begin + (size - skip) / UNIT * UNIT;
	first_piece = (struct piece *)heap_begin;
	first_piece->next = NULL;
	first_piece->size = heap_end - heap_begin;
}

void *alloc(struct layout layout)
{
	layout_check(layout);

	size_t need = footprint(layout);
	if (need == 0)
		return NULL;
	uintptr_t mask = (layout.align > UNIT ? layout.align : UNIT) - 1;

	for (struct piece **link = &first_piece; *link; link = &(*link)->next) {
		struct piece *piece = *link;
		uintptr_t address = (uintptr_t)piece;
		size_t front = -address & mask; /* up to the next multiple */

		if (front > piece->size || piece->size - front < need)
			continue;

		size_t behind = piece->size - front - need;
		struct piece *after = piece->next;
		if (behind > 0) {
			struct piece *rest =
				(struct piece *)(address + front + need);
			rest->next = after;
			rest->size = behind;
			after = rest;
		}
		if (front > 0) {
			piece->size = front;
			piece->next = after;
		} else {
			*link = after;
		}
		return (void *)(address + front);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	size_t size = footprint(layout);
	uintptr_t address = (uintptr_t)block;

	require(size > 0 && address % UNIT == 0 && address >= heap_begin &&
			address <= heap_end && heap_end - address >= size,
		"dealloc: %p of %zu bytes is not a block of this heap", block,
		layout.size);

	struct piece *before = NULL, *after = first_piece;
	while (after && (uintptr_t)after < address) {
		before = after;
		after = after->next;
	}
	require(!before || (uintptr_t)before + before->size <= address,
		"dealloc: %p is free already", block);
	require(!after || address + size <= (uintptr_t)after,
		"dealloc: %p overlaps what is free", block);

	struct piece *piece = block;
	piece->size = size;
	piece->next = after;
	if (after && address + size == (uintptr_t)after) {
		piece->size += after->size;
		piece->next = after->next;
	}
	if (!before) {
		first_piece = piece;
	} else if ((uintptr_t)before + before->size == address) {
		before->size += piece->size;
		before->next = piece->next;
	} else {
		before->next = piece;
	}
}
