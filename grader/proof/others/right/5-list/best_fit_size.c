// Design: list sorted by size (so the first fit is the best fit); dealloc looks for both neighbours in all of the list
#include "memory/allocator.h"

#include <stdint.h>

#include "memory/align.h"

struct chunk {
	struct chunk *larger;
	size_t bytes;
};

static struct chunk *smallest;

static void add(uintptr_t from, uintptr_t to)
{
	struct chunk *c = (struct chunk *)from;
	struct chunk **p = &smallest;

	if (from == to)
		return;
	while (*p && (*p)->bytes < to - from)
		p = &(*p)->larger;
	c->bytes = to - from;
	c->larger = *p;
	*p = c;
}

void allocator_init(void *start, size_t size)
{
	smallest = NULL;
	if (size > 31)
		add(align_up((uintptr_t)start, 16),
		    align_down((uintptr_t)start + size, 16));
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > (SIZE_MAX >> 1))
		return NULL;
	size_t bytes = align_up(layout.size, 16);

	for (struct chunk **p = &smallest; *p; p = &(*p)->larger) {
		uintptr_t from = (uintptr_t)*p;
		uintptr_t to = from + (*p)->bytes;
		uintptr_t lost = -from & (layout.align - 1);

		if (lost + bytes < lost || lost + bytes > (*p)->bytes)
			continue;
		*p = (*p)->larger;
		add(from, from + lost);
		add(from + lost + bytes, to);
		return (void *)(from + lost);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t from = (uintptr_t)block;
	uintptr_t to = from + align_up(layout.size, 16);
	struct chunk **p = &smallest;

	while (*p) {
		uintptr_t start = (uintptr_t)*p, end = start + (*p)->bytes;

		if (end == from)
			from = start;
		else if (start == to)
			to = end;
		else {
			p = &(*p)->larger;
			continue;
		}
		*p = (*p)->larger;
	}
	add(from, to);
}
