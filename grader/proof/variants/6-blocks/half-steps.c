/*
 * Design: twice as many classes, with one half-way between two powers of two:
 * 8, 16, 24, 32, 48, 64 and so on.  A block of 48 bytes lies at a multiple
 * of 16, so the class serves aligns up to that only.  At most a third of
 * a block is unused.
 *
 * A test must not assume that two sizes share a class because no power of
 * two lies between them, or that a block's address is a multiple of its size.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

struct free_block {
	struct free_block *next;
};

static const uint16_t sizes[] = { 8,	 16,  24,  32,	48,  64,   96,	 128,
				  192, 256, 384, 512, 768, 1024, 1536, 2048 };

#define CLASSES (sizeof(sizes) / sizeof(sizes[0]))

static struct free_block *lists[CLASSES];

/* The largest power of two of which the size is a multiple. */
static size_t align_of(size_t size)
{
	return size & (0 - size);
}

static struct free_block **list_for(struct layout layout)
{
	for (unsigned i = 0; i < CLASSES; i++) {
		if (layout.size <= sizes[i] &&
		    layout.align <= align_of(sizes[i]))
			return &lists[i];
	}
	return NULL;
}

void allocator_init(void *start, size_t size)
{
	for (unsigned i = 0; i < CLASSES; i++)
		lists[i] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	struct free_block **list;
	struct free_block *block;
	size_t size;

	layout_check(layout);
	if (!layout.size)
		return NULL;
	list = list_for(layout);
	if (!list)
		return fallback_alloc(layout);
	block = *list;
	if (block) {
		*list = block->next;
		return block;
	}
	size = sizes[list - lists];
	return fallback_alloc((struct layout){ size, align_of(size) });
}

void dealloc(void *memory, struct layout layout)
{
	struct free_block **list = list_for(layout);
	struct free_block *block = memory;

	if (!list) {
		fallback_dealloc(memory, layout);
		return;
	}
	block->next = *list;
	*list = block;
}
