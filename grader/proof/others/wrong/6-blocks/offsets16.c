// Design: links are 16-bit distances in units of 8 bytes
// Breaks: "There is no limit on how large a heap or a block is" (allocator.h) -- free blocks above 512 KiB get the link of another
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define COUNT 9

static struct heap {
	char *base;		/* a multiple of 8 */
	uint16_t list[COUNT];	/* in units of 8 bytes, plus 1 */
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
	heap = (struct heap){ .base = (char *)((uintptr_t)start & ~(uintptr_t)7) };
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

	uint16_t *block = (uint16_t *)(heap.base + (heap.list[index] - 1) * 8);
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
	*(uint16_t *)block = heap.list[index];
	heap.list[index] = (uint16_t)(((char *)block - heap.base) / 8 + 1);
}
