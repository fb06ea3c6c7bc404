// Design: the class stands in a header before the block; dealloc believes it
// Breaks: "nothing is written beside a block in use." (README.md; blocks-16: "64 bytes need a block of 64") -- the header takes as much as the align, so that 64 bytes take 128
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
	/* One class's align before the block: its last word is the header. */
	struct layout whole = { 2 * class_size(class), class_size(class) };
	char *raw = fallback_alloc(whole);
	if (raw == NULL)
		return NULL;
	size_t *header = (size_t *)(raw + class_size(class)) - 1;
	*header = class;
	return header + 1;
}

void dealloc(void *block, struct layout layout)
{
	if (class_of(layout) == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	size_t class = ((size_t *)block)[-1];
	struct free_block *free_block = block;
	free_block->next = lists[class];
	lists[class] = free_block;
}
