// Design: free extents in a sorted table at the high end of the heap, large enough for the worst case; binary search in dealloc
// Breaks: list-13: "when all is freed, the largest request that a fresh heap can meet is possible again" (labs/5-list/README.md) -- an extent that touches both neighbours is joined with the one above only
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

#define GRAIN 32ull

struct extent {
	uintptr_t start;
	size_t size;
};

static struct extent *table;
static size_t count;

static size_t grains(size_t size)
{
	return size / GRAIN + (size % GRAIN != 0);
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low, high;
	size_t n;

	count = 0;
	if (size < 128)
		return;
	low = ((uintptr_t)start + GRAIN - 1) / GRAIN * GRAIN;
	high = ((uintptr_t)start + size) / sizeof(struct extent) *
	       sizeof(struct extent);
	/* n grains are never more than n / 2 + 1 extents. */
	n = (high - low - 2 * sizeof(struct extent)) /
	    (GRAIN + sizeof(struct extent) / 2);
	if (n == 0)
		return;
	table = (struct extent *)high - (n / 2 + 1);
	table[0] = (struct extent){ low, n * GRAIN };
	count = 1;
}

static void remove_at(size_t i)
{
	count--;
	memmove(&table[i], &table[i + 1], (count - i) * sizeof(table[0]));
}

static void insert_at(size_t i, uintptr_t start, size_t size)
{
	memmove(&table[i + 1], &table[i], (count - i) * sizeof(table[0]));
	table[i] = (struct extent){ start, size };
	count++;
}

void *alloc(struct layout layout)
{
	size_t size;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - GRAIN)
		return NULL;
	size = grains(layout.size) * GRAIN;
	for (size_t i = 0; i < count; i++) {
		struct extent e = table[i];
		size_t gap = -e.start & (layout.align - 1);
		uintptr_t at = e.start + gap;

		if (gap > e.size || e.size - gap < size)
			continue;
		e.size -= gap + size;
		if (gap)
			table[i++].size = gap;
		if (e.size && gap)
			insert_at(i, at + size, e.size);
		else if (e.size)
			table[i] = (struct extent){ at + size, e.size };
		else if (!gap)
			remove_at(i);
		return (void *)at;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t start = (uintptr_t)block;
	size_t size = grains(layout.size) * GRAIN;
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (table[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < count && start + size == table[low].start) {
		size += table[low].size;
		remove_at(low);
	}
	if (low > 0 && size == grains(layout.size) * GRAIN &&
	    table[low - 1].start + table[low - 1].size == start)
		table[low - 1].size += size;
	else
		insert_at(low, start, size);
}
