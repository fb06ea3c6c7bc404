/*
 * Design: as our solution, but when the fallback has nothing left, all
 * free blocks of all classes go back to it, where they are joined, and it
 * is asked once more.  This is the lab's first challenge.
 *
 * A test must not assume that what a class has had stays with it; nor that
 * a call always costs the same, for the one that gives back takes as long
 * as the lists are.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

struct free_block {
	struct free_block *next;
};

#define CLASSES 9

static struct free_block *first_free[CLASSES];

static struct layout class_layout(unsigned class)
{
	size_t size = (size_t)8 << class;

	return (struct layout){ size, size };
}

static unsigned class_of(struct layout layout)
{
	unsigned class = 0;

	while (class < CLASSES && (class_layout(class).size < layout.size ||
				   class_layout(class).align < layout.align))
		class++;
	return class;
}

static void class_give_back(unsigned class)
{
	struct free_block *block = first_free[class], *next;

	first_free[class] = NULL;
	for (; block; block = next) {
		next = block->next;
		fallback_dealloc(block, class_layout(class));
	}
}

static void *ask_fallback(struct layout layout)
{
	void *block = fallback_alloc(layout);

	if (block)
		return block;
	for (unsigned class = 0; class < CLASSES; class++)
		class_give_back(class);
	return fallback_alloc(layout);
}

void allocator_init(void *start, size_t size)
{
	for (unsigned class = 0; class < CLASSES; class++)
		first_free[class] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	unsigned class;
	struct free_block *block;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	class = class_of(layout);
	if (class == CLASSES)
		return ask_fallback(layout);
	block = first_free[class];
	if (!block)
		return ask_fallback(class_layout(class));
	first_free[class] = block->next;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	struct free_block *freed = block;
	unsigned class = class_of(layout);

	if (class == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	freed->next = first_free[class];
	first_free[class] = freed;
}
