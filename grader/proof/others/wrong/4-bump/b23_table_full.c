// Design: free pieces in a static table of 64
// Breaks: "A block of layout.size bytes at a multiple of layout.align, which no other block in use overlaps" (kernel/memory/allocator.h): the 65th piece is written behind the table
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define PIECES 64

static struct piece { uint64_t from, to; } piece[PIECES];
static int pieces;
static uint64_t heap_from, heap_to;
static size_t live;

static void whole(void)
{
	pieces = 0;
	if (heap_from != heap_to)
		piece[pieces++] = (struct piece){ heap_from, heap_to };
}

void allocator_init(void *start, size_t size)
{
	heap_from = (uint64_t)start;
	heap_to = heap_from + size;
	live = 0;
	whole();
}

/* Put [from, to) back, joined to its neighbours. */
static void give(uint64_t from, uint64_t to)
{
	if (from == to)
		return;
	for (int i = 0; i < pieces;) {
		if (piece[i].to == from || piece[i].from == to) {
			if (piece[i].to == from)
				from = piece[i].from;
			else
				to = piece[i].to;
			piece[i] = piece[--pieces];
			i = 0;
		} else {
			i++;
		}
	}
	piece[pieces++] = (struct piece){ from, to };
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	for (int i = 0; i < pieces; i++) {
		struct piece p = piece[i];
		uint64_t skip = -p.from & (layout.align - 1);

		if (skip > p.to - p.from || layout.size > p.to - p.from - skip)
			continue;
		piece[i] = piece[--pieces];
		give(p.from, p.from + skip);
		give(p.from + skip + layout.size, p.to);
		live++;
		return (void *)(p.from + skip);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	if (--live == 0)
		whole();
	else
		give((uint64_t)block, (uint64_t)block + layout.size);
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
	void *fresh = alloc((struct layout){ new_size, layout.align });
	if (!fresh)
		return NULL;
	memcpy(fresh, block, layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return fresh;
}
