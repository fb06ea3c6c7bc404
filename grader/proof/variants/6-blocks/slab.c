/*
 * Design: slabs (Bonwick, "The Slab Allocator", USENIX Summer 1994).
 * A class takes a whole page of the fallback and cuts it into blocks; a page
 * of which no block is in use goes back.  What is known of a page stands
 * in a table beside the heap, so that pages are blocks and nothing else.
 * Where no page is left, a block comes from the fallback alone.  This is
 * the lab's third challenge.
 *
 * A test must not assume that blocks of different classes are neighbours,
 * or that memory stays with a class.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"
#include "memory/align.h"

#define CLASSES 9
#define SLAB_SIZE 4096ull
#define SLABS 2048 /* from the first page of the heap on */

struct free_block {
	struct free_block *next;
};

struct slab {
	struct slab *next, *previous; /* in the list of its class */
	struct free_block *free;
	size_t fresh; /* so many bytes at its end were never given */
	size_t in_use;
	size_t block_size; /* 0: this page is no slab */
};

static const struct layout page = { SLAB_SIZE, SLAB_SIZE };

static struct slab slabs[SLABS];
static struct slab *partial[CLASSES];
static uint64_t base;

static size_t class_size(unsigned class)
{
	return (size_t)8 << class;
}

static unsigned class_of(struct layout layout)
{
	size_t needed = layout.size > layout.align ? layout.size : layout.align;
	unsigned class = 0;

	while (class < CLASSES && class_size(class) < needed)
		class++;
	return class;
}

static void slab_insert(struct slab *slab, struct slab **list)
{
	slab->previous = NULL;
	slab->next = *list;
	if (slab->next)
		slab->next->previous = slab;
	*list = slab;
}

static void slab_take_out(struct slab *slab, struct slab **list)
{
	if (slab->next)
		slab->next->previous = slab->previous;
	if (slab->previous)
		slab->previous->next = slab->next;
	else
		*list = slab->next;
}

/* A page for the class; NULL if there is none. */
static struct slab *slab_make(unsigned class)
{
	void *memory = fallback_alloc(page);
	size_t index = ((uint64_t)memory - base) / SLAB_SIZE;
	struct slab *slab;

	if (!memory)
		return NULL;
	if (index >= SLABS) {
		fallback_dealloc(memory, page);
		return NULL;
	}
	slab = &slabs[index];
	*slab = (struct slab){ .block_size = class_size(class),
			       .fresh = SLAB_SIZE };
	slab_insert(slab, &partial[class]);
	return slab;
}

static bool slab_is_full(const struct slab *slab)
{
	return !slab->free && !slab->fresh;
}

/* A block of a slab that is not full. */
static void *slab_take(struct slab *slab)
{
	struct free_block *block = slab->free;
	uint64_t end = base + (slab - slabs + 1) * SLAB_SIZE;

	slab->in_use++;
	if (block) {
		slab->free = block->next;
		return block;
	}
	slab->fresh -= slab->block_size;
	return (void *)(end - slab->fresh - slab->block_size);
}

static void slab_give(struct slab *slab, void *memory)
{
	struct free_block *block = memory;

	slab->in_use--;
	block->next = slab->free;
	slab->free = block;
}

void allocator_init(void *start, size_t size)
{
	base = align_down((uint64_t)start, SLAB_SIZE);
	for (size_t i = 0; i < SLABS && i <= size / SLAB_SIZE + 1; i++)
		slabs[i].block_size = 0;
	for (unsigned class = 0; class < CLASSES; class++)
		partial[class] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	unsigned class;
	struct slab *slab;
	void *block;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	class = class_of(layout);
	if (class == CLASSES)
		return fallback_alloc(layout);
	slab = partial[class] ? partial[class] : slab_make(class);
	if (!slab)
		return fallback_alloc((struct layout){ class_size(class),
						       class_size(class) });
	block = slab_take(slab);
	if (slab_is_full(slab))
		slab_take_out(slab, &partial[class]);
	return block;
}

/* Into its slab again; of a page with none in use, the page goes back. */
static void give(struct slab *slab, unsigned class, void *memory)
{
	if (slab_is_full(slab))
		slab_insert(slab, &partial[class]);
	slab_give(slab, memory);
	if (slab->in_use)
		return;
	slab_take_out(slab, &partial[class]);
	slab->block_size = 0;
	fallback_dealloc((void *)align_down((uint64_t)memory, SLAB_SIZE), page);
}

void dealloc(void *block, struct layout layout)
{
	unsigned class = class_of(layout);
	size_t index = ((uint64_t)block - base) / SLAB_SIZE;

	if (class == CLASSES)
		fallback_dealloc(block, layout);
	else if (index < SLABS && slabs[index].block_size)
		give(&slabs[index], class, block);
	else
		fallback_dealloc(block, (struct layout){ class_size(class),
							 class_size(class) });
}
