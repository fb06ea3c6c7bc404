// Design: offsets from the base in place of pointers, best fit, helpers that read and write pairs of words with memcpy
// Breaks: list-13: "when all is freed, the largest request that a fresh heap can meet is possible again" (labs/5-list/README.md) -- the gap in front of an aligned block is given back only if it is larger than 64 bytes
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define NONE UINT64_MAX

typedef uint64_t offset;

struct pair {
	offset next;
	uint64_t length;
};

static unsigned char *heap;
static offset head;
static uint64_t length;

static struct pair load(offset at)
{
	struct pair pair;

	memcpy(&pair, heap + at, sizeof pair);
	return pair;
}

static void store(offset at, offset next, uint64_t bytes)
{
	struct pair pair = { next, bytes };

	memcpy(heap + at, &pair, sizeof pair);
}

static void set_next(offset before, offset next)
{
	if (before == NONE)
		head = next;
	else
		store(before, next, load(before).length);
}

void allocator_init(void *start, size_t size)
{
	size_t skip = -(uintptr_t)start & 15;

	heap = (unsigned char *)start + (skip < size ? skip : 0);
	length = skip < size ? (size - skip) & ~15ull : 0;
	head = NONE;
	if (length) {
		head = 0;
		store(0, NONE, length);
	}
}

void *alloc(struct layout layout)
{
	offset before = NONE, best = NONE, best_before = NONE;
	uint64_t best_gap = 0, size;
	struct pair pair;

	layout_check(layout);
	if (layout.size == 0 || layout.size > length)
		return NULL;
	size = (layout.size + 15) & ~15ull;
	for (offset at = head; at != NONE; before = at, at = pair.next) {
		uint64_t address = (uintptr_t)heap + at, gap;

		pair = load(at);
		gap = -address & (layout.align - 1);
		if (gap > pair.length || pair.length - gap < size)
			continue;
		if (best == NONE || pair.length < load(best).length) {
			best = at;
			best_before = before;
			best_gap = gap;
		}
	}
	if (best == NONE)
		return NULL;
	pair = load(best);
	if (pair.length > best_gap + size) {
		offset rest = best + best_gap + size;

		store(rest, pair.next, pair.length - best_gap - size);
		pair.next = rest;
	}
	if (best_gap > 64)
		store(best, pair.next, best_gap);
	else
		set_next(best_before, pair.next);
	return heap + best + best_gap;
}

void dealloc(void *block, struct layout layout)
{
	offset at = (uint64_t)((unsigned char *)block - heap);
	uint64_t size = (layout.size + 15) & ~15ull;
	offset before = NONE, next = head;

	while (next != NONE && next < at) {
		before = next;
		next = load(next).next;
	}
	if (next != NONE && at + size == next) {
		struct pair above = load(next);

		size += above.length;
		next = above.next;
	}
	if (before != NONE && before + load(before).length == at) {
		at = before;
		size += load(before).length;
		store(at, next, size);
		return;
	}
	store(at, next, size);
	set_next(before, at);
}
