// Design: a byte for each 32 bytes ('.' free, 'H' head, 't' tail) at the high end; search from the top; dealloc does not look at the layout
// Breaks: "A block of layout.size bytes at a multiple of layout.align" (kernel/memory/allocator.h) -- aligns are looked at relative to the base of the heap, which is a multiple of 32 only
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

enum { GRAIN = 32 };

static struct {
	uintptr_t base;
	size_t grains;
	char *state;
} heap;

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start;
	uintptr_t high = low + size;

	heap.grains = 0;
	if (size < 2 * GRAIN + 2)
		return;
	heap.base = (low + GRAIN - 1) / GRAIN * GRAIN;
	heap.grains = (high - heap.base) / (GRAIN + 1);
	heap.state = (char *)(heap.base + heap.grains * GRAIN);
	memset(heap.state, '.', heap.grains);
}

void *alloc(struct layout layout)
{
	size_t need, i, run = 0;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	need = (layout.size - 1) / GRAIN + 1;
	for (i = heap.grains; i-- > 0;) {
		uintptr_t at = heap.base + i * GRAIN;

		if (heap.state[i] != '.') {
			run = 0;
			continue;
		}
		run++;
		if (run < need || (i * GRAIN) & (layout.align - 1))
			continue;
		memset(heap.state + i, 't', need);
		heap.state[i] = 'H';
		return (void *)at;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	size_t i = ((uintptr_t)block - heap.base) / GRAIN;

	(void)layout;
	heap.state[i++] = '.';
	while (i < heap.grains && heap.state[i] == 't')
		heap.state[i++] = '.';
}
