// Design: binary buddies by absolute address, granules of 16 bytes; each block is a power of two large, as long as it can be.
// Right: wasteful, which is the design's own matter; when no buddy is large enough, neighbours that are free are looked for, so what was freed can be had again
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

typedef size_t granule;	 /* an address divided by 16 */

#define LEVELS 61

struct link {
	struct link *next;
	struct link *prev;
};

/*
 * The books are bits behind the last granule:
 *   used	one for each granule
 *   last	one for each granule: a block in use ends with it
 *   at level k	one for each 2^k granules: they are free, as one buddy
 */
static uint8_t *books;
static granule lo, hi;
static size_t level_bit[LEVELS];
static unsigned levels;
static struct link *heads[LEVELS];

static unsigned log2_down(size_t x)
{
	return 63 - (unsigned)__builtin_clzll(x);
}

static unsigned log2_up(size_t x)
{
	return x == 1 ? 0 : log2_down(x - 1) + 1;
}

static bool get(size_t bit)
{
	return books[bit / 8] >> bit % 8 & 1;
}

static void put(size_t bit, bool value)
{
	if (value)
		books[bit / 8] |= (uint8_t)(1u << bit % 8);
	else
		books[bit / 8] &= (uint8_t)~(1u << bit % 8);
}

#define USED(g)		((g) - lo)
#define LAST(g)		((hi - lo) + ((g) - lo))
#define FREE(g, k)	(level_bit[k] + (((g) >> (k)) - (lo >> (k))))

static struct link *link_of(granule g)
{
	return (struct link *)(g * 16);
}

static void push(granule g, unsigned k)
{
	struct link *l = link_of(g);

	l->prev = NULL;
	l->next = heads[k];
	if (l->next)
		l->next->prev = l;
	heads[k] = l;
	put(FREE(g, k), true);
}

static void pull(granule g, unsigned k)
{
	struct link *l = link_of(g);

	if (l->prev)
		l->prev->next = l->next;
	else
		heads[k] = l->next;
	if (l->next)
		l->next->prev = l->prev;
	put(FREE(g, k), false);
}

/* A buddy becomes free, and joins with its buddy, and so on. */
static void give_buddy(granule g, unsigned k)
{
	for (; k + 1 < levels; k++) {
		granule size = (granule)1 << k;
		granule other = g ^ size;

		if (other < lo || other > hi || hi - other < size ||
		    !get(FREE(other, k)))
			break;
		pull(other, k);
		g &= ~size;
	}
	push(g, k);
}

/* [from, to) becomes free: cut it into buddies as large as possible. */
static void give_run(granule from, granule to)
{
	while (from < to) {
		unsigned k = log2_down(to - from);

		if (from && (unsigned)__builtin_ctzll(from) < k)
			k = (unsigned)__builtin_ctzll(from);
		give_buddy(from, k);
		from += (granule)1 << k;
	}
}

/* [from, to), all of it free, is wanted: take it out of its buddies. */
static void take_run(granule from, granule to)
{
	granule at = from;

	while (at < to) {
		unsigned k = 0;
		granule buddy = at;

		while (!(buddy >= lo && get(FREE(buddy, k)))) {
			k++;
			require(k < levels, "heap: a free granule in no list");
			buddy = at >> k << k;
		}
		granule end = buddy + ((granule)1 << k);
		pull(buddy, k);
		if (buddy < from)
			give_run(buddy, from);
		if (end > to)
			give_run(to, end);
		at = end;
	}
}

static size_t count_bits(granule first, size_t n)
{
	size_t bits = 2 * n;

	levels = log2_down(n) + 1;
	for (unsigned k = 0; k < levels; k++) {
		level_bit[k] = bits;
		bits += ((first + n - 1) >> k) - (first >> k) + 1;
	}
	return bits;
}

void allocator_init(void *start, size_t size)
{
	size_t skip = -(uintptr_t)start % 16;
	size_t room = size < skip ? 0 : size - skip;
	size_t n = room / 16, bytes = 0;

	lo = hi = 0;
	levels = 0;
	for (unsigned k = 0; k < LEVELS; k++)
		heads[k] = NULL;

	granule first = ((uintptr_t)start + skip) / 16;
	if (n > 64) /* the books are more than 1/33 of it, so this is enough */
		n -= n / 34;
	for (; n > 0; n--) {
		bytes = (count_bits(first, n) + 7) / 8;
		if (n * 16 + bytes <= room)
			break;
	}
	if (n == 0) {
		levels = 0;
		return;
	}
	lo = first;
	hi = first + n;
	books = (uint8_t *)(hi * 16);
	memset(books, 0, bytes);
	give_run(lo, hi);
}

static void *mark(granule from, granule to)
{
	for (granule g = from; g < to; g++)
		put(USED(g), true);
	put(LAST(to - 1), true);
	return (void *)(from * 16);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > (hi - lo) * 16)
		return NULL;

	size_t n = (layout.size + 15) / 16;
	size_t step = layout.align <= 16 ? 1 : layout.align / 16;
	unsigned k = log2_up(n), j = log2_down(step);

	if (j < k)
		j = k;
	for (; j < levels; j++) {
		if (!heads[j])
			continue;
		granule g = (uintptr_t)heads[j] / 16;
		pull(g, j);
		while (j > k) {
			j--;
			push(g + ((granule)1 << j), j);
		}
		return mark(g, g + ((granule)1 << k));
	}

	for (granule g = lo; g < hi;) {
		if (get(USED(g))) {
			g++;
			continue;
		}
		granule end = g;
		while (end < hi && !get(USED(end)))
			end++;
		granule skip = -g & (step - 1);
		if (skip < end - g && end - g - skip >= n) {
			take_run(g + skip, g + skip + n);
			return mark(g + skip, g + skip + n);
		}
		g = end;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	granule from = (uintptr_t)block / 16, to = from;

	(void)layout; /* the block's end is in the books */
	require((uintptr_t)block % 16 == 0 && from >= lo && from < hi &&
			get(USED(from)),
		"dealloc of %p, which is not in use", block);
	do
		put(USED(to), false);
	while (!get(LAST(to++)));
	put(LAST(to - 1), false);
	give_run(from, to);
}
