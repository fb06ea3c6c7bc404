// Design: eight classes from 16 bytes (no class 8), each a doubly linked ring with a sentinel
// Right: "16 bytes for 8 are right, since the fallback has no less"; two links fit in 16 bytes; taking and putting are constant
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

struct ring {
	struct ring *prev, *next;
};

#define RINGS 8
static struct ring rings[RINGS];

static void ring_empty(struct ring *r)
{
	r->prev = r->next = r;
}

static void ring_insert(struct ring *after, struct ring *item)
{
	item->prev = after;
	item->next = after->next;
	after->next->prev = item;
	after->next = item;
}

static struct ring *ring_take(struct ring *r)
{
	struct ring *item = r->next;

	if (item == r)
		return NULL;
	item->prev->next = item->next;
	item->next->prev = item->prev;
	return item;
}

static struct ring *ring_for(struct layout layout, size_t *bytes)
{
	struct ring *r = rings;

	for (*bytes = 16; r < rings + RINGS; r++, *bytes *= 2)
		if (layout.size <= *bytes && layout.align <= *bytes)
			return r;
	return NULL;
}

void allocator_init(void *start, size_t size)
{
	for (struct ring *r = rings; r < rings + RINGS; r++)
		ring_empty(r);
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	size_t bytes;
	struct ring *r = ring_for(layout, &bytes);
	if (r == NULL)
		return fallback_alloc(layout);
	void *block = ring_take(r);
	return block ? block : fallback_alloc((struct layout){ bytes, bytes });
}

void dealloc(void *block, struct layout layout)
{
	size_t bytes;
	struct ring *r = ring_for(layout, &bytes);

	if (r != NULL)
		ring_insert(r, block);
	else
		fallback_dealloc(block, layout);
}
