// Design: implicit list: size and use in a word in front of each block, 8 mod 16; free neighbours are made one only while alloc walks
// Breaks: list-13: "when all is freed, the largest request that a fresh heap can meet is possible again" (labs/5-list/README.md) -- free neighbours are joined once for each step, in pairs
// Shown: by argument
#include "memory/allocator.h"

#include <stdint.h>

#define USED 1ull
#define WORD(a) (*(uint64_t *)(a))
#define SIZE_AT(a) (WORD(a) & ~15ull)

static uintptr_t begin, end;

void allocator_init(void *start, size_t size)
{
	uintptr_t s = (uintptr_t)start;

	begin = end = 0;
	if (size < 64)
		return;
	begin = ((s + 7) | 15) - 7; /* 8 mod 16, and not below s */
	end = begin + ((s + size - begin) & ~15ull);
	WORD(begin) = end - begin;
}

void *alloc(struct layout layout)
{
	uintptr_t p, at;
	size_t need, align = layout.align < 16 ? 16 : layout.align;

	layout_check(layout);
	if (layout.size == 0 || layout.size >= end - begin)
		return NULL;
	need = (layout.size + 8 + 15) & ~15ull;
	for (p = begin; p != end; p += SIZE_AT(p)) {
		uint64_t size = WORD(p);

		if (size & USED)
			continue;
		if (p + size != end && !(WORD(p + size) & USED))
			size += WORD(p + size);
		WORD(p) = size;
		at = p + 8;
		at += -at & (align - 1);
		if (at < p || at - 8 - p > size || size - (at - 8 - p) < need)
			continue;
		at -= 8;
		if (at != p) {
			WORD(at) = size - (at - p);
			WORD(p) = at - p;
			size = WORD(at);
		}
		if (size != need)
			WORD(at + need) = size - need;
		WORD(at) = need | USED;
		return (void *)(at + 8);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	(void)layout;
	WORD((uintptr_t)block - 8) &= ~USED;
}
