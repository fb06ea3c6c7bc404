// Design: poisons freed blocks, by words
// Breaks: "Afterwards its bytes belong to the allocator" (kernel/memory/allocator.h, dealloc; no others do): the size is rounded up to 8 for a fast loop, over a neighbour's bytes
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

#define POISON 0xdd

static uint8_t *heap_begin, *heap_free;
static size_t heap_bytes;
static long long outstanding;

static size_t remaining(void)
{
	return heap_bytes - (size_t)(heap_free - heap_begin);
}

void allocator_init(void *start, size_t size)
{
	heap_begin = heap_free = start;
	heap_bytes = size;
	outstanding = 0;
}

void *alloc(struct layout layout)
{
	uint8_t *result;
	size_t need;

	layout_check(layout);
	need = (size_t)(-(uintptr_t)heap_free & (uintptr_t)(layout.align - 1));
	if (layout.size == 0 || need > remaining())
		return NULL;
	if (layout.size > remaining() - need)
		return NULL;
	result = heap_free + need;
	heap_free = result + layout.size;
	outstanding++;
	return result;
}

void dealloc(void *block, struct layout layout)
{
	memset(block, POISON, (layout.size + 7) & ~(size_t)7);
	if (--outstanding > 0)
		return;
	memset(heap_begin, POISON, (size_t)(heap_free - heap_begin));
	heap_free = heap_begin;
}

void *alloc_zeroed(struct layout layout)
{
	uint8_t *block = alloc(layout);

	if (!block)
		return NULL;
	for (size_t left = layout.size; left-- > 0;)
		block[left] = 0;
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	struct layout new_layout = { new_size, layout.align };
	uint8_t *new_block = alloc(new_layout);
	const uint8_t *old_block = block;
	size_t i = 0;

	if (!new_block)
		return NULL;
	while (i < layout.size && i < new_size) {
		new_block[i] = old_block[i];
		i++;
	}
	dealloc(block, layout);
	return new_block;
}
