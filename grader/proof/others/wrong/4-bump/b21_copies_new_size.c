// Design: downwards
// Breaks: "as much as fits in both" and "Nothing outside of [start, start + size) is touched" (kernel/memory/allocator.h): alloc_resized copies new_size bytes; the old block lies near the heap's end, and what is behind it is read, over the end
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

static struct {
	uint64_t low, high, next;
	size_t in_use;
} heap;

void allocator_init(void *start, size_t size)
{
	heap.low = (uint64_t)start;
	heap.high = heap.low + size;
	heap.next = heap.high;
	heap.in_use = 0;
}

void *alloc(struct layout layout)
{
	uint64_t address;

	layout_check(layout);
	if (layout.size == 0 || layout.size > heap.next - heap.low)
		return NULL;
	address = align_down(heap.next - layout.size, layout.align);
	if (address < heap.low)
		return NULL;
	if (address == 0)
		return NULL;
	heap.next = address;
	heap.in_use += 1;
	return (void *)address;
}

void dealloc(void *block, struct layout layout)
{
	(void)block, (void)layout;
	heap.in_use -= 1;
	if (heap.in_use == 0)
		heap.next = heap.high;
}

void *alloc_zeroed(struct layout layout)
{
	char *block = alloc(layout);

	for (size_t i = 0; block && i < layout.size; i++)
		block[i] = 0;
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	struct layout new_layout = layout;
	char *to, *from = block;

	new_layout.size = new_size;
	to = alloc(new_layout);
	if (to == NULL)
		return NULL;
	for (size_t i = 0; i < new_size; i++)
		to[i] = from[i];
	dealloc(block, layout);
	return to;
}
