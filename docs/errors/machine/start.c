/*
 * Runs one of the programs beside on the kernel, in place of the showcase's heap:
 * main, on an allocator that remembers each block's size in front of it.
 */
#include <stdlib.h>

#include "lib/console.h"
#include "memory/allocator.h"
#include "showcase/showcase.h"

#define IN_FRONT 16 /* bytes, which keep the block aligned */

int main(void);

static struct layout layout_for(size_t size)
{
	return (struct layout){ size + IN_FRONT, IN_FRONT };
}

void *malloc(size_t size)
{
	size_t *block = alloc(layout_for(size));

	if (!block)
		return NULL;
	*block = size;
	return (char *)block + IN_FRONT;
}

void free(void *memory)
{
	size_t *block = (size_t *)((char *)memory - IN_FRONT);

	dealloc(block, layout_for(*block));
}

void *realloc(void *memory, size_t size)
{
	size_t *block = (size_t *)((char *)memory - IN_FRONT);

	block = alloc_resized(block, layout_for(*block), size + IN_FRONT);
	if (!block)
		return NULL;
	*block = size;
	return (char *)block + IN_FRONT;
}

void show_heap(const struct stage *stage)
{
	stage_heap(stage);
	kprintf("main has returned %d\n", main());
}
