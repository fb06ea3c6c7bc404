// Design: buddies within chunks of the fallback
// Breaks: "which no other block in use overlaps" (allocator.h) -- joins with a half that is free at its start, though that is a smaller free block and the rest of the half is in use
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define ORDERS 8		/* 16 << 0 to 16 << 7 == 2048 */
#define FREE_MASK 0x0fu		/* order + 1 of a free block that begins here */
#define CHUNK_MASK 0xf0u	/* order + 1 of a chunk that begins here */

struct piece {
	struct piece *next;
	struct piece **link;	/* what points at this one */
};

static struct piece *pieces[ORDERS];
static uint8_t *notes;
static uintptr_t first_granule;

static size_t order_size(unsigned order)
{
	return (size_t)16 << order;
}

static struct layout order_layout(unsigned order)
{
	return (struct layout){ order_size(order), order_size(order) };
}

static unsigned order_of(struct layout layout)
{
	unsigned order = 0;

	while (order < ORDERS && (order_size(order) < layout.size ||
				  order_size(order) < layout.align))
		order++;
	return order;
}

static uint8_t *note(const void *at)
{
	return &notes[(uintptr_t)at / 16 - first_granule];
}

static void put(void *at, unsigned order)
{
	struct piece *p = at;

	p->next = pieces[order];
	p->link = &pieces[order];
	if (p->next)
		p->next->link = &p->next;
	pieces[order] = p;
	if (notes)
		*note(p) = (uint8_t)((*note(p) & CHUNK_MASK) | (order + 1));
}

static void pull(struct piece *p)
{
	*p->link = p->next;
	if (p->next)
		p->next->link = p->link;
	if (notes)
		*note(p) &= CHUNK_MASK;
}

/* Halve a block of order `have` until it is one of order `want`. */
static void *halve(void *block, unsigned have, unsigned want)
{
	while (have > want) {
		have--;
		put((char *)block + order_size(have), have);
	}
	return block;
}

static void *take_chunk(unsigned order)
{
	for (unsigned o = notes ? ORDERS - 1 : order;; o--) {
		void *chunk = fallback_alloc(order_layout(o));
		if (chunk) {
			if (notes)
				*note(chunk) = (uint8_t)((o + 1) << 4);
			return halve(chunk, o, order);
		}
		if (o == order)
			return NULL;
	}
}

static bool is_chunk(const void *block, unsigned order)
{
	return !notes || (*note(block) & CHUNK_MASK) == (order + 1) << 4;
}

/* Hand every chunk that is free as a whole to the fallback. */
static bool give_chunks_back(void)
{
	bool any = false;

	for (unsigned order = 0; order < ORDERS; order++) {
		struct piece *next;
		for (struct piece *p = pieces[order]; p; p = next) {
			next = p->next;
			if (!is_chunk(p, order))
				continue;
			pull(p);
			if (notes)
				*note(p) = 0;
			fallback_dealloc(p, order_layout(order));
			any = true;
		}
	}
	return any;
}

void allocator_init(void *start, size_t size)
{
	for (unsigned order = 0; order < ORDERS; order++)
		pieces[order] = NULL;
	notes = NULL;
	if (size >= 4096) {
		uintptr_t from = (uintptr_t)start;
		size_t count = (from + size - 1) / 16 - from / 16 + 1;

		first_granule = from / 16;
		notes = start;
		for (size_t i = 0; i < count; i++)
			notes[i] = 0;
		start = notes + count;
		size -= count;
	}
	fallback_allocator_init(start, size);
}

static void *try_small(unsigned order)
{
	for (unsigned o = order; o < ORDERS; o++) {
		struct piece *p = pieces[o];
		if (p) {
			pull(p);
			return halve(p, o, order);
		}
		if (!notes)
			break;
	}
	return take_chunk(order);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	unsigned order = order_of(layout);
	void *block = order < ORDERS ? try_small(order) :
				       fallback_alloc(layout);
	if (block == NULL && give_chunks_back())
		block = order < ORDERS ? take_chunk(order) :
					 fallback_alloc(layout);
	return block;
}

void dealloc(void *block, struct layout layout)
{
	unsigned order = order_of(layout);

	if (order == ORDERS) {
		fallback_dealloc(block, layout);
		return;
	}
	while (!is_chunk(block, order)) {
		uintptr_t at = (uintptr_t)block;
		struct piece *half = (struct piece *)(at ^ order_size(order));
		if ((*note(half) & FREE_MASK) == 0)
			break;
		pull(half);
		block = (void *)(at & ~(uintptr_t)order_size(order));
		order++;
	}
	put(block, order);
}
