// Design: links are distances from the heap's start, plus 1, so that 0 is none; one struct holds all state and is assigned at init
// Right: size_t distances reach any heap; the + 1 keeps the block at distance 0; same class both ways
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define COUNT 9

static struct heap {
	char *base;
	size_t list[COUNT];
} heap;

static int index_of(struct layout layout)
{
	size_t need = layout.size > layout.align ? layout.size : layout.align;
	int index = 0;

	for (size_t rest = (need - 1) >> 3; rest != 0; rest >>= 1)
		index++;
	return index;
}

void allocator_init(void *start, size_t size)
{
	heap = (struct heap){ .base = start };
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	int index = index_of(layout);
	if (index >= COUNT)
		return fallback_alloc(layout);
	if (heap.list[index] == 0)
		return fallback_alloc((struct layout){
			(size_t)8 << index, (size_t)8 << index });

	size_t *block = (size_t *)(heap.base + (heap.list[index] - 1));
	heap.list[index] = *block;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	int index = index_of(layout);

	if (index >= COUNT) {
		fallback_dealloc(block, layout);
		return;
	}
	*(size_t *)block = heap.list[index];
	heap.list[index] = (size_t)((char *)block - heap.base) + 1;
}
