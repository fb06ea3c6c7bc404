// Design: list in descending order; a block is cut from the high end of the highest free block that has room
// Breaks: "Nothing outside of [start, start + size) is touched." (kernel/memory/allocator.h) -- the heap's end is rounded up, not down: the last block may reach up to 15 bytes behind the heap
// Shown: by argument
#include "memory/allocator.h"

#include <stdint.h>

typedef struct hole hole;
struct hole {
	hole *below;
	uintptr_t end;
};

static hole *top;

#define DOWN16(x) ((x) & ~(uintptr_t)15)
#define UP16(x) DOWN16((x) + 15)

void allocator_init(void *start, size_t size)
{
	uintptr_t s = (uintptr_t)start;

	top = 0;
	if (size < 31)
		return;
	top = (hole *)UP16(s);
	top->below = 0;
	top->end = UP16(s + size);
}

void *alloc(struct layout layout)
{
	hole *h, **from;

	layout_check(layout);
	if (!layout.size)
		return 0;
	for (from = &top; (h = *from); from = &h->below) {
		uintptr_t start = (uintptr_t)h, end = h->end, at, stop;

		if (end - start < layout.size)
			continue;
		at = DOWN16(end - layout.size) & ~(layout.align - 1);
		if (at < start)
			continue;
		stop = UP16(at + layout.size);
		if (at == start)
			*from = h->below;
		else
			h->end = at;
		if (stop != end) {
			hole *above = (hole *)stop;

			above->end = end;
			above->below = *from;
			*from = above;
		}
		return (void *)at;
	}
	return 0;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t start = (uintptr_t)block, end = UP16(start + layout.size);
	hole **from = &top, *above = 0, *me;

	while (*from && (uintptr_t)*from > start) {
		above = *from;
		from = &above->below;
	}
	me = *from; /* the one below */
	if (me && me->end == start) {
		me->end = end;
	} else {
		me = (hole *)start;
		me->end = end;
		me->below = *from;
		*from = me;
	}
	if (above && end == (uintptr_t)above) {
		me->end = above->end;
		for (from = &top; *from != above; from = &(*from)->below)
			;
		*from = me;
	}
}
