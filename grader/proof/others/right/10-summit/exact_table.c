// Design: no rounding at all: blocks of the exact size, first fit between them; a sorted table of blocks lies in a gap, as high as possible.
// Right: slow: each call is as long as there are blocks, and the table moves; only what cannot be is refused
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

static char *heap;		/* where it begins: a multiple of nothing */
static size_t heap_size;
static size_t count;		/* of the blocks in use, and of entries */
static size_t width;		/* of a number in the table */
static size_t table;		/* where it begins: in a gap between blocks */

/* Like all places here, these are offsets into the heap. */
struct span {
	size_t begin, end;
};

static char *entry(size_t i)
{
	return heap + table + i * 2 * width;
}

static size_t load(const char *from)
{
	uint8_t n8;
	uint16_t n16;
	uint32_t n32;
	uint64_t n64;

	switch (width) {
	case 1:
		memcpy(&n8, from, sizeof n8);
		return n8;
	case 2:
		memcpy(&n16, from, sizeof n16);
		return n16;
	case 4:
		memcpy(&n32, from, sizeof n32);
		return n32;
	default:
		memcpy(&n64, from, sizeof n64);
		return n64;
	}
}

static void store(char *to, size_t n)
{
	/* The machine is little-endian: the low bytes come first. */
	uint64_t n64 = n;
	memcpy(to, &n64, width);
}

/* Gap i is below block i, and gap `count` above the last one; the table is in one. */
static struct span gap(size_t i)
{
	return (struct span){
		i == 0 ? 0 : load(entry(i - 1) + width),
		i == count ? heap_size : load(entry(i)),
	};
}

void allocator_init(void *start, size_t size)
{
	heap = start;
	heap_size = size;
	count = table = 0;
	width = size <= UINT8_MAX    ? 1
		: size <= UINT16_MAX ? 2
		: size <= UINT32_MAX ? 4
				     : 8;
}

/* A place for `need` bytes of table as high as possible in a span. */
static bool fits(struct span span, size_t need, size_t *place)
{
	if (span.end - span.begin < need)
		return false;
	*place = span.end - need;
	return true;
}

#define NOWHERE SIZE_MAX

/* A place for the table in any gap but one. */
static bool fits_elsewhere(size_t but, size_t need, size_t *place)
{
	for (size_t i = count + 1; i-- > 0;)
		if (i != but && fits(gap(i), need, place))
			return true;
	return false;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > heap_size)
		return NULL;

	size_t need = (count + 1) * 2 * width, mask = layout.align - 1;
	size_t i, begin, new_table;
	enum { UNKNOWN, YES, NO } room = UNKNOWN; /* for the table, in any gap */

	for (i = 0; i <= count; i++) {
		struct span g = gap(i);
		if (g.end - g.begin < layout.size)
			continue;
		size_t skip = -((uintptr_t)heap + g.begin) & mask;
		if (skip > g.end - g.begin - layout.size)
			continue;

		/* As low as possible, and the table above, or in another gap ... */
		begin = g.begin + skip;
		if (fits((struct span){ begin + layout.size, g.end }, need,
			 &new_table))
			goto found;
		if (room == UNKNOWN)
			room = fits_elsewhere(NOWHERE, need, &new_table) ? YES
									 : NO;
		if (room == YES && fits_elsewhere(i, need, &new_table))
			goto found;
		/* ... or as high as possible, and the table below. */
		begin = g.end - layout.size;
		begin -= ((uintptr_t)heap + begin) & mask;
		if (fits((struct span){ g.begin, begin }, need, &new_table))
			goto found;
	}
	return NULL;
found:
	memmove(heap + new_table, heap + table, count * 2 * width);
	table = new_table;
	memmove(entry(i + 1), entry(i), (count - i) * 2 * width);
	count++;
	store(entry(i), begin);
	store(entry(i) + width, begin + layout.size);
	return heap + begin;
}

void dealloc(void *block, struct layout layout)
{
	size_t begin = (uintptr_t)block - (uintptr_t)heap;
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (load(entry(middle)) < begin)
			low = middle + 1;
		else
			high = middle;
	}
	require(low < count && load(entry(low)) == begin,
		"dealloc: no block begins at %p", block);
	require(load(entry(low) + width) - begin == layout.size,
		"dealloc: %p does not have %zu bytes", block, layout.size);

	count--;
	memmove(entry(low), entry(low + 1), (count - low) * 2 * width);
}
