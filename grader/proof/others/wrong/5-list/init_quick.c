// Design: exact-size stacks for small blocks in front of a sorted list; when that has no room, the stacks are emptied into it
// Breaks: "Start over with an empty heap in [start, start + size)" (kernel/memory/allocator.h) -- the stack of 512 bytes is not emptied (the loop ends at QUICK): a block of the old heap is handed out
// Shown: yes
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#define UNIT 16u
#define QUICK 32 /* up to 512 bytes */

struct item {
	struct item *next;
	size_t size;
};

static struct item *quick[QUICK + 1];
static struct item *sorted;

static void give(uintptr_t start, size_t size)
{
	struct item *below = NULL, *above = sorted, *me = (struct item *)start;

	if (!size)
		return;
	while (above && above < me) {
		below = above;
		above = above->next;
	}
	me->size = size;
	me->next = above;
	if (above && start + size == (uintptr_t)above) {
		me->size += above->size;
		me->next = above->next;
	}
	if (!below) {
		sorted = me;
	} else if ((uintptr_t)below + below->size == start) {
		below->size += me->size;
		below->next = me->next;
	} else {
		below->next = me;
	}
}

static bool flush(void)
{
	bool any = false;

	for (int i = 1; i <= QUICK; i++) {
		while (quick[i]) {
			struct item *item = quick[i];

			quick[i] = item->next;
			give((uintptr_t)item, (size_t)i * UNIT);
			any = true;
		}
	}
	return any;
}

static void *get(size_t size, size_t align)
{
	for (struct item **link = &sorted; *link; link = &(*link)->next) {
		uintptr_t start = (uintptr_t)*link;
		size_t have = (*link)->size, gap = -start & (align - 1);

		if (gap > have || size > have - gap)
			continue;
		*link = (*link)->next;
		give(start, gap);
		give(start + gap + size, have - gap - size);
		return (void *)(start + gap);
	}
	return NULL;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, high = low + size;

	for (int i = 0; i < QUICK; i++)
		quick[i] = NULL;
	sorted = NULL;
	if (size >= 2 * UNIT)
		give((low + UNIT - 1) / UNIT * UNIT,
		     high / UNIT * UNIT - (low + UNIT - 1) / UNIT * UNIT);
}

void *alloc(struct layout layout)
{
	size_t units, align = layout.align < UNIT ? UNIT : layout.align;
	void *block;

	layout_check(layout);
	units = layout.size / UNIT + (layout.size % UNIT != 0);
	if (units == 0 || units > SIZE_MAX / UNIT)
		return NULL;
	if (units <= QUICK && align == UNIT && quick[units]) {
		struct item *item = quick[units];

		quick[units] = item->next;
		return item;
	}
	block = get(units * UNIT, align);
	if (!block && flush())
		block = get(units * UNIT, align);
	return block;
}

void dealloc(void *block, struct layout layout)
{
	size_t units = layout.size / UNIT + (layout.size % UNIT != 0);
	struct item *item = block;

	if (units > QUICK) {
		give((uintptr_t)block, units * UNIT);
		return;
	}
	item->next = quick[units];
	quick[units] = item;
}
