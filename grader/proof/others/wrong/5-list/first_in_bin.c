// Design: boundary tags (size and use in front of and behind each block), doubly linked bins by power of two, good fit
// Breaks: list-1: "a heap with room for a block gives one" (labs/5-list/README.md) -- only the first block of the bin of its own size class is looked at, so a fitting one behind it is missed
// Shown: yes
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

/* Tag: total size of the block with both tags, a multiple of 16, plus 1 if in use. */
typedef uint64_t tag;
#define BINS 64
#define LEAST 32

struct node {
	struct node *next, *previous;
};

static struct node bins[BINS];
static uintptr_t floor_, ceiling; /* blocks lie between; the tags at 8 mod 16 */

static int bin_of(size_t size)
{
	return 63 - __builtin_clzll(size);
}

static tag *head(uintptr_t block)
{
	return (tag *)block;
}

static void mark(uintptr_t block, size_t size, bool used)
{
	*head(block) = size | used;
	*(tag *)(block + size - 8) = size | used;
}

static void insert(uintptr_t block, size_t size)
{
	struct node *node = (struct node *)(block + 8);
	struct node *bin = &bins[bin_of(size)];

	mark(block, size, false);
	node->next = bin->next;
	node->previous = bin;
	bin->next->previous = node;
	bin->next = node;
}

static void take_out(uintptr_t block)
{
	struct node *node = (struct node *)(block + 8);

	node->next->previous = node->previous;
	node->previous->next = node->next;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start;

	for (int i = 0; i < BINS; i++)
		bins[i].next = bins[i].previous = &bins[i];
	floor_ = ceiling = 0;
	if (size < 96)
		return;
	/* A block begins 8 below a multiple of 16. */
	floor_ = ((low + 8 + 15) & ~(uintptr_t)15) - 8;
	ceiling = ((low + size - 8) & ~(uintptr_t)15) + 8;
	insert(floor_, ceiling - floor_);
}

void *alloc(struct layout layout)
{
	size_t need, align = layout.align < 16 ? 16 : layout.align;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX / 2)
		return NULL;
	need = (layout.size + 16 + 15) & ~(size_t)15;
	if (need < LEAST)
		need = LEAST;
	for (int i = bin_of(need); i < BINS; i++) {
		struct node *bin = &bins[i];

		for (struct node *n = bin->next; n != bin && n == bin->next;
		     n = n->next) {
			uintptr_t block = (uintptr_t)n - 8;
			size_t size = *head(block) & ~(tag)15;
			uintptr_t end = block + size;
			uintptr_t at = block + 8 + (-(block + 8) & (align - 1));

			/* What is left in front has to be a block. */
			while (at - 8 > block && at - 8 - block < LEAST &&
			       at >= block && at < end)
				at += align;
			if (at < block || at - 8 > end || end - (at - 8) < need)
				continue;
			take_out(block);
			if (at - 8 > block)
				insert(block, at - 8 - block);
			block = at - 8;
			if (end - block - need >= LEAST) {
				insert(block + need, end - block - need);
				mark(block, need, true);
			} else {
				mark(block, end - block, true);
			}
			return (void *)at;
		}
	}
	return NULL;
}

void dealloc(void *memory, struct layout layout)
{
	uintptr_t block = (uintptr_t)memory - 8;
	size_t size = *head(block) & ~(tag)15;

	(void)layout;
	if (block + size < ceiling && !(*head(block + size) & 1)) {
		take_out(block + size);
		size += *head(block + size);
	}
	if (block > floor_ && !(*(tag *)(block - 8) & 1)) {
		block -= *(tag *)(block - 8);
		take_out(block);
		size += *head(block);
	}
	insert(block, size);
}
