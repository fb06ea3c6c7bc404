// Design: freed blocks are filled with 0xDD, rounded up to a power of two as all blocks "are"
// Breaks: "no block reaches into another" (README.md, `blocks_stay_apart`) -- large blocks are not rounded by the fallback: 5000 bytes freed overwrite 8192
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

/* Your own types, variables and helpers: here. */
#define CLASSES 9

struct free_block {
	struct free_block *next;
};

static struct free_block *lists[CLASSES];

static size_t class_size(size_t class)
{
	return (size_t)8 << class;
}

/* CLASSES means none: the block is large. */
static size_t class_of(struct layout layout)
{
	size_t class = 0;

	while (class < CLASSES && (class_size(class) < layout.size ||
				   class_size(class) < layout.align))
		class++;
	return class;
}
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	for (size_t class = 0; class < CLASSES; class++)
		lists[class] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	size_t class = class_of(layout);
	if (class == CLASSES)
		return fallback_alloc(layout);

	struct free_block *block = lists[class];
	if (block != NULL) {
		lists[class] = block->next;
		return block;
	}
	struct layout whole = { class_size(class), class_size(class) };
	return fallback_alloc(whole);
}

static void poison(unsigned char *at, struct layout layout)
{
	size_t bytes = 8;

	while (bytes < layout.size)
		bytes *= 2;
	for (size_t i = 0; i < bytes; i++)
		at[i] = 0xDD;
}

void dealloc(void *block, struct layout layout)
{
	poison(block, layout);
	size_t class = class_of(layout);

	if (class == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	struct free_block *free_block = block;
	free_block->next = lists[class];
	lists[class] = free_block;
}
