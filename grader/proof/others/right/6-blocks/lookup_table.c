// Design: a table of 257 bytes, filled at init, maps (need + 7) / 8 to the class; links through memcpy, addresses as numbers
// Right: the table holds for every need <= 2048 the smallest power of two class; all else goes to the fallback with the caller's layout
// Shown: yes
#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lib/string.h"
#include "memory/allocator.h"

#define STEPS (2048 / 8)

static uint8_t class_by_step[STEPS + 1];
static uintptr_t first[9];

static uintptr_t load(uintptr_t at)
{
	uintptr_t value;
	memcpy(&value, (const void *)at, sizeof value);
	return value;
}

static void store(uintptr_t at, uintptr_t value)
{
	memcpy((void *)at, &value, sizeof value);
}

/* 0 to 8, or 9: none. */
static unsigned lookup(struct layout layout)
{
	size_t need = layout.size;

	if (need < layout.align)
		need = layout.align;
	if (need > 2048)
		return 9;
	return class_by_step[(need + 7) / 8];
}

void allocator_init(void *start, size_t size)
{
	unsigned class = 0;

	for (unsigned step = 0; step <= STEPS; step++) {
		if (step * 8u > 8u << class)
			class++;
		class_by_step[step] = (uint8_t)class;
	}
	memset(first, 0, sizeof first);
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	unsigned class = lookup(layout);
	if (class == 9)
		return fallback_alloc(layout);
	uintptr_t block = first[class];
	if (block == 0) {
		struct layout whole = { 8u << class, 8u << class };
		return fallback_alloc(whole);
	}
	first[class] = load(block);
	return (void *)block;
}

void dealloc(void *block, struct layout layout)
{
	unsigned class = lookup(layout);

	if (class == 9) {
		fallback_dealloc(block, layout);
	} else {
		store((uintptr_t)block, first[class]);
		first[class] = (uintptr_t)block;
	}
}
