// Design: doubly linked circle with a sentinel, sorted by address; worst fit (the largest block that has room)
// Breaks: "every alloc gives NULL then" "Any start and any size are accepted as long as start + size does not overflow: a start that is a multiple of nothing, and a size that is too small for a single block, or 0" (kernel/memory/allocator.h) -- a heap that is too small returns before the circle is emptied: blocks of the old heap are handed out
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

struct ring {
	struct ring *next, *prev;
	size_t size;
	size_t unused;
};

#define GRAIN sizeof(struct ring)

static struct ring ring = { &ring, &ring, 0, 0 };

static void link_before(struct ring *r, struct ring *at, size_t size)
{
	r->size = size;
	r->next = at;
	r->prev = at->prev;
	at->prev->next = r;
	at->prev = r;
}

static void unlink_(struct ring *r)
{
	r->prev->next = r->next;
	r->next->prev = r->prev;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t a = (uintptr_t)start, b = a + size;

	if (size < 2 * GRAIN)
		return;
	ring.next = ring.prev = &ring;
	a = (a + GRAIN - 1) / GRAIN * GRAIN;
	b = b / GRAIN * GRAIN;
	if (a < b)
		link_before((struct ring *)a, &ring, b - a);
}

void *alloc(struct layout layout)
{
	struct ring *best = NULL, *next;
	uintptr_t at, start, end;
	size_t size;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - GRAIN)
		return NULL;
	size = (layout.size + GRAIN - 1) / GRAIN * GRAIN;
	for (struct ring *r = ring.next; r != &ring; r = r->next) {
		size_t gap = -(uintptr_t)r & (layout.align - 1);

		if (gap > r->size || r->size - gap < size)
			continue;
		if (!best || r->size > best->size)
			best = r;
	}
	if (!best)
		return NULL;
	start = (uintptr_t)best;
	end = start + best->size;
	at = start + (-start & (layout.align - 1));
	next = best->next;
	unlink_(best);
	if (at > start)
		link_before(best, next, at - start);
	if (at + size < end)
		link_before((struct ring *)(at + size), next, end - at - size);
	return (void *)at;
}

void dealloc(void *block, struct layout layout)
{
	struct ring *r = block, *above = ring.next;
	size_t size = (layout.size + GRAIN - 1) / GRAIN * GRAIN;

	while (above != &ring && above < r)
		above = above->next;
	link_before(r, above, size);
	if (above != &ring && (uintptr_t)r + r->size == (uintptr_t)above) {
		r->size += above->size;
		unlink_(above);
	}
	above = r->prev;
	if (above != &ring && (uintptr_t)above + above->size == (uintptr_t)r) {
		above->size += r->size;
		unlink_(r);
	}
}
