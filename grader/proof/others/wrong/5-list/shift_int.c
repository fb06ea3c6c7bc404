// Design: binary buddies at absolute addresses, a list for each order, a byte for each 32 bytes that says which order is free there
// Breaks: "NULL when layout.size is 0 or when there is no such block, however large size and align are; the heap is unchanged then." (kernel/memory/allocator.h) / "which no other block in use overlaps" (kernel/memory/allocator.h) -- the order is counted with an int that stops at 2^30: blocks above 1 GiB are handed out with 1 GiB of room
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define LOW 5 /* 32 bytes */
#define ORDERS 64

struct buddy {
	struct buddy *next, **link;
};

static struct buddy *lists[ORDERS];
static uint8_t *map; /* order of the free block that begins there, or 0 */
static uintptr_t base, limit;

static void put(uintptr_t at, unsigned order)
{
	struct buddy *b = (struct buddy *)at;

	b->next = lists[order];
	b->link = &lists[order];
	if (b->next)
		b->next->link = &b->next;
	lists[order] = b;
	map[(at - base) >> LOW] = order;
}

static void cut(uintptr_t at)
{
	struct buddy *b = (struct buddy *)at;

	*b->link = b->next;
	if (b->next)
		b->next->link = b->link;
	map[(at - base) >> LOW] = 0;
}

static unsigned order_for(size_t size)
{
	unsigned order = LOW;

	while (order < 30 && 1 << order < (long)size)
		order++;
	return order;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, at;
	size_t bytes = size / 33 + 1;

	memset(lists, 0, sizeof lists);
	base = limit = 0;
	if (size < 128)
		return;
	map = start;
	base = (low + bytes + 31) & ~(uintptr_t)31;
	limit = (low + size) & ~(uintptr_t)31;
	if (base >= limit) {
		base = limit = 0;
		return;
	}
	memset(map, 0, bytes);
	for (at = base; at < limit;) {
		unsigned order = LOW;

		while (order < 62 && !(at >> order & 1) &&
		       limit - at >= (uintptr_t)2 << order)
			order++;
		put(at, order);
		at += (uintptr_t)1 << order;
	}
}

void *alloc(struct layout layout)
{
	unsigned need, order;

	layout_check(layout);
	if (layout.size == 0 || layout.size > limit - base)
		return NULL;
	need = order_for(layout.size);
	for (order = need; order < ORDERS; order++) {
		for (struct buddy *b = lists[order]; b; b = b->next) {
			uintptr_t from = (uintptr_t)b;
			uintptr_t at = from + (-from & (layout.align - 1));

			if (at < from || at - from >= (uintptr_t)1 << order)
				continue;
			/* Blocks smaller than the align may sit anywhere in it. */
			if (layout.align < (uintptr_t)1 << need)
				at = from;
			cut(from);
			while (order > need) {
				uintptr_t half = (uintptr_t)1 << --order;

				if (at - from >= half) {
					put(from, order);
					from += half;
				} else {
					put(from + half, order);
				}
			}
			return (void *)from;
		}
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t at = (uintptr_t)block;
	unsigned order = order_for(layout.size);

	for (;;) {
		uintptr_t other = at ^ (uintptr_t)1 << order;

		if (other < base || other >= limit ||
		    map[(other - base) >> LOW] != order)
			break;
		cut(other);
		at &= ~((uintptr_t)1 << order);
		order++;
	}
	put(at, order);
}
