// Design: free blocks in static arrays of 1024 pointers for each class, nothing is written into them
// Breaks: "There is no limit on [...] how many pieces of the heap are free." (allocator.h) -- the 1025th free block of a class is dropped
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

/* Your own types, variables and helpers: here. */
#define CLASSES 9

#define PLACES 1024

static struct {
	unsigned count;
	void *blocks[PLACES];
} stacks[CLASSES];

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
		stacks[class].count = 0;
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

	if (stacks[class].count > 0)
		return stacks[class].blocks[--stacks[class].count];
	struct layout whole = { class_size(class), class_size(class) };
	return fallback_alloc(whole);
}

void dealloc(void *block, struct layout layout)
{
	size_t class = class_of(layout);

	if (class == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	if (stacks[class].count < PLACES)
		stacks[class].blocks[stacks[class].count++] = block;
}
