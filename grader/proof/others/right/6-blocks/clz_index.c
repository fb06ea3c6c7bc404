// Design: the class from the leading zeroes of (size | align) - 1; nine stacks
// Right: class = smallest 8 << k not below size nor align, the same function in alloc and dealloc; blocks are fetched as {class, class}
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

enum { SMALLEST_SHIFT = 3, LARGEST_SHIFT = 11, NONE = -1 };

union node {
	union node *below;
};

static union node *top[LARGEST_SHIFT - SMALLEST_SHIFT + 1];

static int class_of(struct layout l)
{
	size_t need = l.size > l.align ? l.size : l.align;

	if (need > (size_t)1 << LARGEST_SHIFT)
		return NONE;
	if (need <= (size_t)1 << SMALLEST_SHIFT)
		return 0;
	return 64 - __builtin_clzl(need - 1) - SMALLEST_SHIFT;
}

void allocator_init(void *start, size_t size)
{
	__builtin_memset(top, 0, sizeof top);
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (!layout.size)
		return NULL;

	int c = class_of(layout);
	if (c == NONE)
		return fallback_alloc(layout);

	union node *n = top[c];
	if (n) {
		top[c] = n->below;
		return n;
	}
	size_t bytes = (size_t)8 << c;
	return fallback_alloc((struct layout){ bytes, bytes });
}

void dealloc(void *block, struct layout layout)
{
	int c = class_of(layout);

	if (c == NONE) {
		fallback_dealloc(block, layout);
		return;
	}
	union node *n = block;
	n->below = top[c];
	top[c] = n;
}
