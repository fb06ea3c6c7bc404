// Design: bitmap in words of 64, runs found with ctz, full words skipped, and a hint where the lowest free bit is
// Breaks: "Start over with an empty heap in [start, start + size)" (kernel/memory/allocator.h) -- the hint outlives allocator_init: in a new heap the search begins where the old one was full
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#define GRAIN 16
#define W 64

static uint64_t *bits; /* 1 is free */
static size_t total, hint;
static uintptr_t origin;

/* The first bit at or after i that is (free) or is not (!free) free; total if none. */
static size_t seek(size_t i, int free)
{
	while (i < total) {
		uint64_t word = free ? bits[i / W] : ~bits[i / W];

		word &= ~0ull << i % W;
		if (word) {
			i = i / W * W + (size_t)__builtin_ctzll(word);
			return i < total ? i : total;
		}
		i = (i / W + 1) * W;
	}
	return total;
}

static void fill(size_t i, size_t n, int free)
{
	while (n) {
		size_t in_word = W - i % W < n ? W - i % W : n;
		uint64_t mask = (in_word == W ? ~0ull : (1ull << in_word) - 1)
				<< i % W;

		if (free)
			bits[i / W] |= mask;
		else
			bits[i / W] &= ~mask;
		i += in_word;
		n -= in_word;
	}
}

void allocator_init(void *start, size_t size)
{
	uintptr_t s = (uintptr_t)start, e = s + size, table;
	size_t words;

	total = 0;
	if (size < 64)
		return;
	table = (s + 7) / 8 * 8;
	words = (e - table) / (W * GRAIN + 8) + 1;
	origin = (table + words * 8 + GRAIN - 1) / GRAIN * GRAIN;
	if (origin >= e)
		return;
	bits = (uint64_t *)table;
	total = (e - origin) / GRAIN;
	for (size_t i = 0; i < words; i++)
		bits[i] = 0;
	fill(0, total, 1);
}

void *alloc(struct layout layout)
{
	size_t need, i, stop;

	layout_check(layout);
	need = layout.size / GRAIN + !!(layout.size % GRAIN);
	if (!need || need > total)
		return NULL;
	for (i = hint = seek(hint, 1); i < total; i = seek(stop, 1)) {
		uintptr_t a = origin + i * GRAIN;
		uintptr_t gap = (-a & (layout.align - 1)) / GRAIN;

		stop = seek(i, 0);
		if (gap > stop - i || stop - i - gap < need)
			continue;
		fill(i + gap, need, 0);
		return (void *)(a + gap * GRAIN);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	size_t i = ((uintptr_t)block - origin) / GRAIN;

	fill(i, layout.size / GRAIN + !!(layout.size % GRAIN), 1);
	if (i < hint)
		hint = i;
}
