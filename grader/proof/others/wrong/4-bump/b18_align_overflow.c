// Design: textbook
// Breaks: "NULL when layout.size is 0 or when there is no such block, however large size and align are; the heap is unchanged then" (kernel/memory/allocator.h): align_up is called where there is no multiple above: next + align - 1 is 0 for aligns of 2^63, and block 0 fits below the end
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next;
static size_t blocks;

void allocator_init(void *heap, size_t size)
{
	start = next = (uint64_t)heap;
	end = start + size;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	uint64_t address = align_up(next, layout.align);
	if (address + layout.size < address || address + layout.size > end)
		return NULL;
	next = address + layout.size;
	blocks++;
	return (void *)address;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (--blocks == 0)
		next = start;
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (block)
		memset(block, 0, layout.size);
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *larger = alloc((struct layout){ new_size, layout.align });

	if (!larger)
		return NULL;
	memcpy(larger, block, new_size < layout.size ? new_size : layout.size);
	dealloc(block, layout);
	return larger;
}
