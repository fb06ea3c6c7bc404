/*
 * The summit: a heap that wastes little, and whose every call is short.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

/* Your own types, variables and helpers: here. */
/*
 * The heap is made of granules of 8 bytes, and sizes are counted in them.  A map at
 * its upper end has a bit for each.  A block has two granules or more: of one in
 * use the first has a 1, of a free one the last; all others have a 0.
 *
 *   1 0 0 0   in use        0 0 0 1   free        1   a lone free granule
 *
 * So "10" at an address says that a block in use begins there, which no double free
 * and no pointer into a block survives; a 1 below it, that its neighbour below is
 * free; what is above it is free unless it begins with "10".  dealloc is told a
 * block's size, so nothing is stored beside it.  Free ones keep their own books:
 *
 *   1 granule    mark                       mark: size * 2 + 1, which is no
 *   2 granules   next, link                 address; next to link it is there
 *   more         next, link, ..., mark      from EXACT granules on only
 *
 * Free neighbours are always joined.  Free blocks are in bins, one for each size
 * below EXACT and four an octave above (as in TLSF: Masmano and others, 2004); a map
 * of the bins finds the first that is large enough.  A block that is too large is cut
 * at its upper end: the rest stays where it is, and often in its bin.  Of two large
 * ones in a bin the higher comes first: the heap's lower end stays in one piece.
 *
 * The bound: all loops but that of `search` end after LOOKS or WORDS rounds, so no
 * number of blocks or holes enters.  docs/heaps.md has it in instructions.  `search`
 * is for a request that would be refused otherwise, large or over-aligned: it passes
 * the free blocks that may not fit, one by one.  That is a shortcoming; another, that
 * of wrong layouts at dealloc those that stay in the heap are mostly not noticed.
 */
#define GRANULE 8
#define EXACT 48 /* so that a look at the map spans a block of a bin of its own */
#define SMALL ((EXACT - 1) * GRANULE) /* the most bytes of such a block */
#define BINS 276 /* for any size, and as much again for an align */
#define WORDS ((BINS + 63) / 64)
#define LOOKS 2
#define ALIGNS (1 << 1 | 1 << 2 | 1 << 4 | 1 << 8)
#define RARE __attribute__((noinline)) /* apart: so the rest saves no registers */

struct free_block {
	struct free_block *next;
	struct free_block **link; /* what leads here */
	uint64_t mark;
};

struct bin {
	struct free_block *first;
	/* Of one size only: which bits change when such a block is freed, and what
	 * map_look says, where `where` has a 1, if nothing joins it. */
	uint64_t ends, used, where;
};

static struct {
	struct bin bins[BINS];
	uint64_t *start;
	uint64_t size;
	uint64_t map; /* where the bit of address 0 would be */
	uint64_t filled[WORDS];
	uint8_t granules[SMALL + 1]; /* for so many bytes; 0 for none */
} heap;

typedef uint64_t bits __attribute__((aligned(1), may_alias));

static inline bits *map_at(uint64_t *granule)
{
	return (bits *)(heap.map + (uint64_t)granule / 64);
}

/* The map around a granule: bit 0 is that of the one below, bit 1 its own, to 56. */
static inline uint64_t map_look(uint64_t *granule)
{
	return *map_at(granule) >> (uint64_t)granule / GRANULE % 8;
}

static inline void map_flip(uint64_t *granule, uint64_t change)
{
	*map_at(granule) ^= change << (uint64_t)granule / GRANULE % 8;
}

static inline unsigned bin_of(uint64_t size)
{
	unsigned shift;

	if (size < EXACT)
		return (unsigned)size;
	shift = 61 - (unsigned)__builtin_clzll(size);
	return EXACT - 18 + 4 * shift + (unsigned)(size >> shift);
}

/* True if no block follows in the list. */
static inline bool list_add(struct free_block *block, struct free_block **link)
{
	struct free_block *next = *link;

	block->next = next;
	block->link = link;
	*link = block;
	if (next)
		next->link = &block->next;
	return !next;
}

static inline bool list_remove(struct free_block *block)
{
	struct free_block *next = block->next, **link = block->link;

	*link = next;
	if (next)
		next->link = link;
	return !next;
}

static inline void add(uint64_t *start, uint64_t size)
{
	unsigned bin = bin_of(size);
	struct free_block **link = &heap.bins[bin].first;

	start[size - 1] = size * 2 + 1;
	if (size >= EXACT) {
		start[2] = size * 2 + 1;
		if ((uint64_t *)*link > start)
			link = &(*link)->next;
	}
	if (size > 1 && list_add((struct free_block *)start, link))
		heap.filled[bin / 64] |= 1ull << bin % 64;
}

static inline void take_out(void *start)
{
	struct free_block *block = start;
	uint64_t bin = ((uint64_t)block->link - (uint64_t)heap.bins) /
		       sizeof(struct bin);

	if (list_remove(block) && bin < BINS) /* or else another block leads here */
		heap.filled[bin / 64] &= ~(1ull << bin % 64);
}

/* The large free block gets another size, and stays in its bin if it can. */
static inline void resize(uint64_t *start, unsigned bin, uint64_t size)
{
	if (size >= EXACT && bin_of(size) == bin) {
		start[2] = start[size - 1] = size * 2 + 1;
		return;
	}
	take_out(start);
	if (size)
		add(start, size);
}

/* The first bin from this one on that has a block, or 0: it has none. */
static inline unsigned next_bin(unsigned bin)
{
	unsigned word = bin / 64;
	uint64_t filled = heap.filled[word] >> bin % 64 << bin % 64;

	while (!filled) {
		if (++word == WORDS)
			return 0;
		filled = heap.filled[word];
	}
	return word * 64 + (unsigned)__builtin_ctzll(filled);
}

/* A free block of at least that size, and its bin; or NULL. */
static inline struct free_block *find(uint64_t size, unsigned *bin)
{
	*bin = bin_of(size);
	if (size >= EXACT) {
		struct free_block *block = heap.bins[*bin].first;

		for (int i = 0; i < LOOKS && block; i++, block = block->next)
			if (block->mark / 2 >= size)
				return block;
		*bin += 1;
	}
	*bin = next_bin(*bin);
	return heap.bins[*bin].first;
}

/* The highest place that is aligned in the free block, or one below it. */
static inline uint64_t *place_in(struct free_block *block, unsigned bin,
				 uint64_t size, uint64_t align)
{
	uint64_t *end = (uint64_t *)block + (bin < EXACT ? bin : block->mark / 2);

	return (uint64_t *)((uint64_t)(end - size) & -align);
}

/* The same as `find`, of all free blocks, before a request is refused. */
static RARE struct free_block *search(uint64_t size, uint64_t align,
				      unsigned *bin)
{
	struct free_block *block;

	for (*bin = next_bin(bin_of(size)); *bin; *bin = next_bin(*bin + 1))
		for (block = heap.bins[*bin].first; block; block = block->next)
			if (place_in(block, *bin, size, align) >= (uint64_t *)block)
				return block;
	return NULL;
}

/* A small block of a size that no free one has: what most need. */
static RARE void *cut_small(uint64_t size)
{
	uint64_t filled = heap.filled[0] >> size, *place, rest;
	unsigned bin = filled ? (unsigned)size + (unsigned)__builtin_ctzll(filled) :
				next_bin(64);
	struct free_block *block = heap.bins[bin].first;

	if (!block)
		return NULL;
	rest = (bin < EXACT ? bin : block->mark / 2) - size;
	place = (uint64_t *)block + rest;
	map_flip(place, heap.bins[size].ends | 1);
	resize((uint64_t *)block, bin, rest);
	return place;
}

static inline uint64_t granules_for(uint64_t bytes)
{
	return bytes <= SMALL ? heap.granules[bytes] : (bytes - 1) / GRANULE + 1;
}

/* A block that is large or over-aligned. */
static RARE void *cut(uint64_t size, uint64_t align)
{
	uint64_t *start, *place, *end;
	struct free_block *block;
	unsigned bin;

	block = find(size, &bin);
	if (block && place_in(block, bin, size, align) < (uint64_t *)block)
		block = find(size + align / GRANULE - 1, &bin);
	if (!block && !(block = search(size, align, &bin)))
		return NULL;
	start = (uint64_t *)block;
	place = place_in(block, bin, size, align);
	end = place_in(block, bin, 0, 1);
	map_flip(place, place > start ? 3 : 2);
	resize(start, bin, (uint64_t)(place - start));
	if (place + size < end)
		add(place + size, (uint64_t)(end - place) - size);
	else
		map_flip(end, 1);
	return place;
}

/* Over-aligned, or the caller's bug. */
static RARE void *cut_unusual(struct layout layout)
{
	layout_check(layout);
	if (!layout.size)
		return NULL;
	return cut(granules_for(layout.size), layout.align);
}

/* Make a block free, and one with its free neighbours. */
static RARE void join(uint64_t *start, uint64_t size, uint64_t around)
{
	uint64_t above, other;

	require((around & 6) == 2 &&
			size <= (uint64_t)(heap.start + heap.size - start),
		"dealloc of %lu granules at %p, not in use", size, (void *)start);
	above = map_look(start + size) >> 1;
	if ((above & 3) == 1) {
		map_flip(start + size, 1);
	} else {
		other = above ? (uint64_t)__builtin_ctzll(above) + 1 :
				start[size + 2] / 2;
		if (other > 1)
			take_out(start + size);
		size += other;
	}
	map_flip(start, around & 1 ? 3 : 2);
	if (around & 1) {
		other = start[-1] & 1 ? start[-1] / 2 : 2;
		start -= other;
		size += other;
		if (other > 1) {
			resize(start, bin_of(other), size);
			return;
		}
	}
	add(start, size);
}
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 10, task 1: your code here. */
	uint64_t skipped = -(uint64_t)start % GRANULE;
	uint64_t granules = size < skipped ? 0 : (size - skipped) / GRANULE;
	uint64_t map_size = granules / 64 + 3, *end;

	memset(&heap, 0, sizeof(heap));
	for (size_t bytes = 1; bytes <= SMALL; bytes++) {
		uint64_t n = bytes <= 16 ? 2 : (bytes + 7) / GRANULE;

		heap.granules[bytes] = (uint8_t)n;
		heap.bins[n].ends = 1ull << n | 2;
		heap.bins[n].used = 2ull << n | 2;
		heap.bins[n].where = 6ull << n | 7;
	}
	heap.bins[0].used = heap.bins[0].where = 7; /* which no map has */
	if (granules < map_size + 2)
		return;
	heap.start = (uint64_t *)((uint64_t)start + skipped);
	heap.size = granules - map_size;
	end = heap.start + heap.size;
	memset(end, 0, map_size * GRANULE);
	heap.map = (uint64_t)end - (uint64_t)heap.start / 64;
	map_flip(end, 3); /* the end is as if in use */
	add(heap.start, heap.size);
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 10, task 1: your code here. */
	struct free_block *block;
	struct bin *bin;

	if (layout.align > GRANULE || !(ALIGNS >> layout.align & 1))
		return cut_unusual(layout);
	if (layout.size > SMALL)
		return cut(granules_for(layout.size), GRANULE);
	bin = &heap.bins[heap.granules[layout.size]];
	block = bin->first;
	if (!block)
		return layout.size ? cut_small(heap.granules[layout.size]) : NULL;
	map_flip((uint64_t *)block, bin->ends);
	if (list_remove(block))
		heap.filled[0] ^= bin->ends;
	return block;
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 10, task 2: your code here. */
	uint64_t size, around, granule = (uint64_t)block - (uint64_t)heap.start;

	granule = granule >> 3 | granule << 61; /* large, if it is no multiple */
	require(granule < heap.size, "dealloc of %zu bytes at %p, not in the heap",
		layout.size, block);
	around = map_look(block);
	size = granules_for(layout.size);
	if (layout.size > SMALL ||
	    ((around ^ heap.bins[size].used) & heap.bins[size].where)) {
		join(block, size, around);
		return;
	}
	map_flip(block, heap.bins[size].ends);
	((uint64_t *)block)[size - 1] = size * 2 + 1;
	if (list_add(block, &heap.bins[size].first))
		heap.filled[0] |= heap.bins[size].ends; /* bin 1 has none */
	/* End of your code. */
}
