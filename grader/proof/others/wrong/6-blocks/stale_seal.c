// Design: the handout's lists; a seal in the second word of a free block tells a double free
// Breaks: "Take back a block that alloc returned for this very layout, and that is in use" (allocator.h) -- alloc leaves the seal: a block that nobody wrote to panics as freed twice
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define CLASSES 9

struct free_block {
	struct free_block *next;
	uintptr_t seal;		/* not in class 8 */
};

static struct free_block *lists[CLASSES];
static uintptr_t heap_start, heap_end;

static size_t class_size(int class)
{
	require(class >= 0 && class < CLASSES, "class %d", class);
	return (size_t)8 << class;
}

static int class_of(struct layout layout)
{
	for (int class = 0; class < CLASSES; class++)
		if (layout.size <= class_size(class) &&
		    layout.align <= class_size(class))
			return class;
	return CLASSES;
}

static uintptr_t seal_for(const struct free_block *b)
{
	return (uintptr_t)b ^ 0x5ea15ea15ea15ea1;
}

static void check_block(const void *block, size_t size, size_t align)
{
	uintptr_t at = (uintptr_t)block;

	require(at % align == 0, "block %p is no multiple of %zu", block, align);
	require(at >= heap_start && at < heap_end, "block %p is not of the heap",
		block);
	require(size <= heap_end - at, "block %p of %zu leaves the heap", block,
		size);
}

void allocator_init(void *start, size_t size)
{
	heap_start = (uintptr_t)start;
	heap_end = heap_start + size;
	require(heap_end >= heap_start, "heap overflows");
	for (int class = 0; class < CLASSES; class++)
		lists[class] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	int class = class_of(layout);
	if (class == CLASSES) {
		void *large = fallback_alloc(layout);
		if (large != NULL)
			check_block(large, layout.size, layout.align);
		return large;
	}

	size_t size = class_size(class);
	struct free_block *block = lists[class];
	if (block == NULL) {
		block = fallback_alloc((struct layout){ size, size });
		if (block != NULL)
			check_block(block, size, size);
		return block;
	}
	check_block(block, size, size);
	if (class > 0) {
		require(block->seal == seal_for(block),
			"free block %p was written to", (void *)block);
	}
	lists[class] = block->next;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	require(block != NULL, "dealloc of NULL");
	layout_check(layout);
	require(layout.size > 0, "dealloc of 0 bytes");

	int class = class_of(layout);
	if (class == CLASSES) {
		check_block(block, layout.size, layout.align);
		fallback_dealloc(block, layout);
		return;
	}
	struct free_block *b = block;
	check_block(b, class_size(class), class_size(class));
	require(b != lists[class], "block %p is freed twice", block);
	require(class == 0 || b->seal != seal_for(b),
		"block %p is freed twice", block);
	b->next = lists[class];
	if (class > 0)
		b->seal = seal_for(b);
	lists[class] = b;
}
