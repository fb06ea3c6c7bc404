// Design: nine sizes times twelve aligns, a list for each pair
// Breaks: "If every block of a class lies at a multiple of the class, it serves every layout of that class." (README.md; rule blocks-8) -- a block freed with align 4 is not found for align 16, though the heap is full
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

#define ALIGNS 12	/* 1 to 2048 */

static struct free_block *lists[CLASSES][ALIGNS];

static size_t class_size(size_t class)
{
	return (size_t)8 << class;
}

/* CLASSES means none: the block is large. */
static size_t class_of(struct layout layout)
{
	size_t class = 0;

	while (class < CLASSES && class_size(class) < layout.size)
		class++;
	return layout.align > 2048 ? CLASSES : class;
}
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	for (size_t class = 0; class < CLASSES; class++)
		for (unsigned a = 0; a < ALIGNS; a++)
			lists[class][a] = NULL;
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

	struct free_block **list = &lists[class][__builtin_ctzl(layout.align)];
	struct free_block *block = *list;
	if (block != NULL) {
		*list = block->next;
		return block;
	}
	struct layout whole = { class_size(class), layout.align };
	return fallback_alloc(whole);
}

void dealloc(void *block, struct layout layout)
{
	size_t class = class_of(layout);

	if (class == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	struct free_block *free_block = block;
	struct free_block **list = &lists[class][__builtin_ctzl(layout.align)];
	free_block->next = *list;
	*list = free_block;
}
