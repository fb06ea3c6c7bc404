// Design: a byte for each 32 bytes ('.' free, 'H' head, 't' tail) at the high end; search from the top; dealloc does not look at the layout
// Breaks: "Take back a block that alloc returned for this very layout" ... "Afterwards its bytes belong to the allocator." (kernel/memory/allocator.h); list-8: "what was freed can be had again" (labs/5-list/README.md) -- the head notes how many grains a block has, in a byte: blocks of 256 grains (8 KiB) and more are not given back whole
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
		if (run < need || at & (layout.align - 1))
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

	for (unsigned char n = (layout.size - 1) / GRAIN + 1; n > 0; n--)
		heap.state[i++] = '.';
}
