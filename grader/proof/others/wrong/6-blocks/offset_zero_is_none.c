// Design: links are distances from the heap's start; 0 ends a list
// Breaks: "what was freed can be had again" (README.md, rule blocks-8) -- the first block of the heap lies at distance 0: when it is freed, its list is empty
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

	size_t *block = (size_t *)(heap.base + heap.list[index]);
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
	heap.list[index] = (size_t)((char *)block - heap.base);
}
