// Design: slabs of up to 64 blocks, free ones as bits of a mask; the masks lie in a table at the start of the heap (32 bytes for each KiB); single blocks where there is no room for a slab
// Right: a slab is {bytes, bytes} of the fallback, its blocks at multiples of the class; empty slabs and free single blocks go back, as taken, when the fallback is empty; notes are 3 % of the heap
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"
#include "memory/align.h"

#define UNIT 1024u		/* no slab is smaller, each lies at a multiple */
#define CLASSES 8		/* 16 to 2048 */
#define SLABS_FROM 16384u	/* smaller heaps have single blocks only */

struct slab {
	uint64_t free;		/* a bit for each free block */
	struct slab *prev, *next;
	uint8_t tag;		/* class + 1 while there is a slab */
};

struct single {
	struct single *next;
};

static struct slab *table;
static uintptr_t first_unit;
static size_t units;
static struct slab *partial[CLASSES];	/* slabs with something free */
static struct single *singles[CLASSES];

static size_t class_bytes(unsigned c)
{
	return (size_t)16 << c;
}

static unsigned slab_blocks(unsigned c)
{
	return c <= 2 ? 64 : 64u >> (c - 2);	/* 1, 2, 4, 4, 4 ... KiB */
}

static size_t slab_bytes(unsigned c)
{
	return class_bytes(c) * slab_blocks(c);
}

static uint64_t all_free(unsigned c)
{
	return UINT64_MAX >> (64 - slab_blocks(c));
}

static struct layout square(size_t bytes)
{
	return (struct layout){ bytes, bytes };
}

static unsigned class_of(struct layout layout)
{
	unsigned c = 0;

	while (c < CLASSES &&
	       (class_bytes(c) < layout.size || class_bytes(c) < layout.align))
		c++;
	return c;
}

static uintptr_t slab_at(const struct slab *s)
{
	return (first_unit + (uintptr_t)(s - table)) * UNIT;
}

static void enlist(struct slab *s, unsigned c)
{
	s->prev = NULL;
	s->next = partial[c];
	if (s->next)
		s->next->prev = s;
	partial[c] = s;
}

static void delist(struct slab *s, unsigned c)
{
	if (s->prev)
		s->prev->next = s->next;
	else
		partial[c] = s->next;
	if (s->next)
		s->next->prev = s->prev;
}

/* The slab that the block is of, or NULL: it is a single one. */
static struct slab *slab_of(const void *block, unsigned c)
{
	uintptr_t unit = align_down((uintptr_t)block, slab_bytes(c)) / UNIT;

	if (unit < first_unit || unit - first_unit >= units)
		return NULL;
	struct slab *s = &table[unit - first_unit];
	return s->tag == c + 1 ? s : NULL;
}

static void *from_slab(struct slab *s, unsigned c)
{
	unsigned i = (unsigned)__builtin_ctzll(s->free);

	s->free &= s->free - 1;
	if (s->free == 0)
		delist(s, c);
	return (void *)(slab_at(s) + i * class_bytes(c));
}

static void *fetch(unsigned c)
{
	if (units > 0) {
		void *fresh = fallback_alloc(square(slab_bytes(c)));
		if (fresh) {
			struct slab *s =
				&table[(uintptr_t)fresh / UNIT - first_unit];
			s->tag = (uint8_t)(c + 1);
			s->free = all_free(c);
			enlist(s, c);
			return from_slab(s, c);
		}
	}
	return fallback_alloc(square(class_bytes(c)));
}

static bool give_back(void)
{
	bool any = false;

	for (unsigned c = 0; c < CLASSES; c++) {
		while (singles[c]) {
			struct single *b = singles[c];
			singles[c] = b->next;
			fallback_dealloc(b, square(class_bytes(c)));
			any = true;
		}
		struct slab *next;
		for (struct slab *s = partial[c]; s; s = next) {
			next = s->next;
			if (s->free != all_free(c))
				continue;
			delist(s, c);
			s->tag = 0;
			fallback_dealloc((void *)slab_at(s),
					 square(slab_bytes(c)));
			any = true;
		}
	}
	return any;
}

void allocator_init(void *start, size_t size)
{
	for (unsigned c = 0; c < CLASSES; c++) {
		partial[c] = NULL;
		singles[c] = NULL;
	}
	table = NULL;
	units = 0;
	if (size >= SLABS_FROM) {
		uintptr_t end = (uintptr_t)start + size;
		uintptr_t from = align_up((uintptr_t)start, 16);

		first_unit = from / UNIT;
		units = end / UNIT - first_unit;
		table = (struct slab *)from;
		for (size_t i = 0; i < units; i++)
			table[i].tag = 0;
		from += units * sizeof *table;
		start = (void *)from;
		size = end - from;
	}
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	unsigned c = class_of(layout);
	if (c == CLASSES) {
		void *block = fallback_alloc(layout);
		if (block == NULL && give_back())
			block = fallback_alloc(layout);
		return block;
	}
	if (partial[c])
		return from_slab(partial[c], c);
	if (singles[c]) {
		struct single *b = singles[c];
		singles[c] = b->next;
		return b;
	}
	void *block = fetch(c);
	if (block == NULL && give_back())
		block = fetch(c);
	return block;
}

void dealloc(void *block, struct layout layout)
{
	unsigned c = class_of(layout);

	if (c == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	struct slab *s = slab_of(block, c);
	if (s == NULL) {
		struct single *b = block;
		b->next = singles[c];
		singles[c] = b;
		return;
	}
	if (s->free == 0)
		enlist(s, c);
	s->free |= (uint64_t)1 << ((uintptr_t)block - slab_at(s)) /
					 class_bytes(c);
}
