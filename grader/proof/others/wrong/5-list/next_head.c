// Design: a byte for each 32 bytes, blocks of one grain marked with the tail's letter
// Breaks: "which no other block in use overlaps" (kernel/memory/allocator.h) -- blocks of one grain are marked as a tail, not as a head; a block in front of them that is freed goes on through them and frees them too
// Shown: by argument
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
		if (need > 1)
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
