// Design: the handout's: list sorted by address, first fit, units of 16 bytes, coalescing on both sides
// Breaks: "NULL when layout.size is 0 or when there is no such block, however large size and align are; the heap is unchanged then." (kernel/memory/allocator.h) -- sizes from SIZE_MAX - 14 on round up to 0 and give an empty block at the start of a free one
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "memory/align.h"

#define UNIT 16

struct free_block {
	size_t size;
	struct free_block *next;
};

static struct free_block *first;

static uintptr_t end_of(struct free_block *block)
{
	return (uintptr_t)block + block->size;
}

static struct free_block *make(uintptr_t start, uintptr_t end,
			       struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	if (start == end)
		return next;
	block->size = end - start;
	block->next = next;
	return block;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, high = low + size;

	first = NULL;
	if (size < 2 * UNIT)
		return;
	first = make(align_up(low, UNIT), align_down(high, UNIT), NULL);
}

void *alloc(struct layout layout)
{
	size_t align = layout.align < UNIT ? UNIT : layout.align;
	size_t size;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX)
		return NULL;
	size = align_up(layout.size, UNIT);
	for (struct free_block **link = &first; *link; link = &(*link)->next) {
		uintptr_t begin = (uintptr_t)*link, end = end_of(*link), at;

		if (begin > UINTPTR_MAX - (align - 1))
			continue;
		at = align_up(begin, align);
		if (at > end || end - at < size)
			continue;
		*link = make(begin, at, make(at + size, end, (*link)->next));
		return (void *)at;
	}
	return NULL;
}

static void join(struct free_block *block)
{
	if (block->next && end_of(block) == (uintptr_t)block->next) {
		block->size += block->next->size;
		block->next = block->next->next;
	}
}

void dealloc(void *memory, struct layout layout)
{
	struct free_block *before = NULL, **link = &first;
	uintptr_t start = (uintptr_t)memory;

	while (*link && (uintptr_t)*link < start) {
		before = *link;
		link = &before->next;
	}
	*link = make(start, start + align_up(layout.size, UNIT), *link);
	join(*link);
	if (before)
		join(before);
}
