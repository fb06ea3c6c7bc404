// Design: bump with lists of freed blocks by size
// Breaks: "Afterwards its bytes belong to the allocator" (kernel/memory/allocator.h, dealloc; no others do): the link of 8 bytes is written into blocks of 4, too, over the neighbour
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"
#include "memory/align.h"

#define LARGEST 512

static uint64_t start, end, next;
static size_t in_use;
static void *lists[LARGEST + 1];

static void forget_all(void)
{
	next = start;
	for (int i = 0; i <= LARGEST; i++)
		lists[i] = NULL;
}

void allocator_init(void *memory, size_t size)
{
	start = (uint64_t)memory;
	end = start + size;
	in_use = 0;
	forget_all();
}

/* Links are copied: a block may lie at any address. */
static void *link_of(const void *block)
{
	void *link;
	memcpy(&link, block, sizeof(link));
	return link;
}

static void *reuse(struct layout layout)
{
	void *before = NULL;

	if (layout.size < sizeof(int) || layout.size > LARGEST)
		return NULL;
	for (void *b = lists[layout.size]; b; before = b, b = link_of(b)) {
		if ((uint64_t)b & (layout.align - 1))
			continue;
		void *rest = link_of(b);
		if (before)
			memcpy(before, &rest, sizeof(rest));
		else
			lists[layout.size] = rest;
		return b;
	}
	return NULL;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;

	void *block = reuse(layout);

	if (!block) {
		if (next > UINT64_MAX - (layout.align - 1))
			return NULL;
		uint64_t address = align_up(next, layout.align);
		if (address > end || end - address < layout.size)
			return NULL;
		next = address + layout.size;
		block = (void *)address;
	}
	in_use++;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	if (--in_use == 0) {
		forget_all();
	} else if (layout.size >= sizeof(int) && layout.size <= LARGEST) {
		memcpy(block, &lists[layout.size], sizeof(void *));
		lists[layout.size] = block;
	}
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
