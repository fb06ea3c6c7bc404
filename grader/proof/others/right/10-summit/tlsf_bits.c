// Design: TLSF (lists in two levels, 16 per power of two); two bits per 16 bytes say where free blocks begin and end, no headers.
// Right: the lists that TLSF skips are searched before a request is refused; misuse is the caller's bug, and need not be noticed
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

#define ROWS 58
#define COLS 16

/* A free block of u units: the size also is in the second unit and the last, if u > 1. */
struct node {
	struct node *next, *prev;
	size_t units;
};

struct marks {
	uint64_t begin, end;
};

static uintptr_t base;
static size_t total;
static struct marks *map;
static uint64_t rows;
static uint32_t cols[ROWS];
static struct node *lists[ROWS][COLS];

struct where {
	unsigned row, col;
};

static inline struct where class_of(size_t units)
{
	if (units < COLS)
		return (struct where){ 0, (unsigned)units };
	unsigned high = 63 - (unsigned)__builtin_clzll(units);
	return (struct where){ high - 3, units >> (high - 4) & (COLS - 1) };
}

static inline struct node *node_at(size_t unit)
{
	return (struct node *)(base + unit * 16);
}

static inline size_t unit_of(const struct node *node)
{
	return ((uintptr_t)node - base) / 16;
}

static inline uint64_t bit(size_t unit)
{
	return (uint64_t)1 << unit % 64;
}

/* The block begins at this unit and is free. */
static inline size_t units_of(size_t unit)
{
	return map[unit / 64].end & bit(unit) ? 1 : node_at(unit)->units;
}

static inline void add(size_t unit, size_t units)
{
	struct where w = class_of(units);
	struct node *node = node_at(unit), *old = lists[w.row][w.col];
	size_t last = unit + units - 1;

	node->prev = NULL;
	node->next = old;
	if (old)
		old->prev = node;
	lists[w.row][w.col] = node;
	rows |= (uint64_t)1 << w.row;
	cols[w.row] |= 1u << w.col;

	map[unit / 64].begin |= bit(unit);
	map[last / 64].end |= bit(last);
	if (units > 1) {
		node->units = units;
		*(size_t *)(base + last * 16 + 8) = units;
	}
}

static inline void drop(size_t unit, size_t units)
{
	struct node *node = node_at(unit);
	size_t last = unit + units - 1;

	map[unit / 64].begin &= ~bit(unit);
	map[last / 64].end &= ~bit(last);

	if (node->next)
		node->next->prev = node->prev;
	if (node->prev) {
		node->prev->next = node->next;
		return;
	}
	struct where w = class_of(units);
	lists[w.row][w.col] = node->next;
	if (!node->next) {
		cols[w.row] &= ~(1u << w.col);
		if (!cols[w.row])
			rows &= ~((uint64_t)1 << w.row);
	}
}

/* The first list that is not empty, from w on; its row is ROWS if there is none. */
static inline struct where first_from(struct where w)
{
	uint32_t c = w.row < ROWS ? cols[w.row] & (~0u << w.col) : 0;

	if (!c) {
		uint64_t r = w.row < 63 ? rows & (~(uint64_t)1 << w.row) : 0;
		if (!r)
			return (struct where){ ROWS, 0 };
		w.row = (unsigned)__builtin_ctzll(r);
		c = cols[w.row];
	}
	w.col = (unsigned)__builtin_ctz(c);
	return w;
}

static inline size_t front_of(size_t unit, size_t align)
{
	return (-(base + unit * 16) & (align - 1)) / 16;
}

static inline bool suits(size_t unit, size_t units, size_t align)
{
	size_t have = units_of(unit), front = front_of(unit, align);

	return front < have && have - front >= units;
}

/* A free block that is large enough, or NULL; it looks at every list if it must. */
static struct node *search(size_t units, size_t align)
{
	struct where own = class_of(units);

	/* What surely fits, wherever in its list it is. */
	size_t enough = units;
	if (align > 16) {
		if (align / 16 - 1 > total)
			enough = total + 1;
		else
			enough += align / 16 - 1;
	}
	if (enough <= total) {
		if (enough >= COLS) {
			unsigned high = 63 - (unsigned)__builtin_clzll(enough);
			enough += ((size_t)1 << (high - 4)) - 1;
		}
		/* A good one of the own list costs less memory: have a look. */
		struct node *node = lists[own.row][own.col];
		for (int i = 0; node && i < 3; i++, node = node->next)
			if (suits(unit_of(node), units, align))
				return node;

		struct where w = first_from(class_of(enough));
		if (w.row < ROWS)
			return lists[w.row][w.col];
	}

	for (struct where w = first_from(own); w.row < ROWS;) {
		struct node *node = lists[w.row][w.col];
		for (; node; node = node->next)
			if (suits(unit_of(node), units, align))
				return node;
		if (++w.col == COLS) {
			w.row++;
			w.col = 0;
		}
		w = first_from(w);
	}
	return NULL;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t from = (uintptr_t)start;
	size_t skip = -from & 15;

	base = 0;
	total = 0;
	map = NULL;
	rows = 0;
	memset(cols, 0, sizeof(cols));
	memset(lists, 0, sizeof(lists));

	size_t room = size < skip ? 0 : (size - skip) / 16; /* units, and 1 map entry each 64 */
	size_t entries = (room + 64) / 65;
	if (room <= entries)
		return;
	base = from + skip;
	total = room - entries;
	map = (struct marks *)(base + total * 16);
	memset(map, 0, entries * sizeof(*map));
	add(0, total);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > total * 16)
		return NULL;

	size_t units = (layout.size + 15) / 16;
	size_t align = layout.align > 16 ? layout.align : 16;
	struct node *node = search(units, align);
	if (!node)
		return NULL;

	size_t unit = unit_of(node), have = units_of(unit);
	size_t front = front_of(unit, align);
	drop(unit, have);
	if (front)
		add(unit, front);
	unit += front;
	have -= front;
	if (have > units)
		add(unit + units, have - units);
	return node_at(unit);
}

void dealloc(void *block, struct layout layout)
{
	size_t unit = unit_of(block), units = (layout.size + 15) / 16;
	size_t above = unit + units;

	if (above < total && map[above / 64].begin & bit(above)) {
		size_t more = units_of(above);
		drop(above, more);
		units += more;
	}
	if (unit > 0 && map[(unit - 1) / 64].end & bit(unit - 1)) {
		size_t below = unit - 1, more = 1;
		if (!(map[below / 64].begin & bit(below)))
			more = *(size_t *)(base + below * 16 + 8);
		unit -= more;
		drop(unit, more);
		units += more;
	}
	add(unit, units);
}
