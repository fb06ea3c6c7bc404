/*
 * Design: bins in order of address. Four an octave, in each the higher of two blocks
 * first; sizes that are marked at both ends; a map that both neighbours are asked of.
 * It is what our solution was before it was made faster.
 *
 * A test must not ask for a pair of calls in fewer instructions.
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
 * free; and what is above it is free unless it begins with "10".  Nothing is stored
 * beside a block, for dealloc is told its size.  Free ones keep their own books:
 *
 *   1 granule    mark                         mark: size * 2 + 1, which is no
 *   2 granules   next, link                   address; of three granules
 *   more         next, link, mark, ..., mark  both marks are one
 *
 * Free neighbours are always joined.  Free blocks are in bins, one for each size
 * below EXACT and four an octave above (as in TLSF: Masmano and others, 2004); a map
 * of the bins finds the first that is large enough.  A block that is too large is cut
 * at its upper end: the rest stays where it is, and often in its bin.  In a bin the
 * higher of two blocks comes first, so the heap's lower end stays in one piece.
 *
 * The bound: all loops end after LOOKS, WORDS, or the two attempts at an align.  No
 * number of blocks or holes enters.  docs/heaps.md has it in instructions.
 *
 * Shortcomings: of wrong layouts at dealloc, those that stay in the heap are not
 * noticed (lab 8).
 */
#define GRANULE 8
#define EXACT 32
#define BINS 192 /* up to 2^48 bytes, and no more can be mapped */
#define WORDS (BINS / 64)
#define LOOKS 2
#define ALIGNS (1 << 1 | 1 << 2 | 1 << 4 | 1 << 8)
/* The rare half of a call, apart: so the other half saves no registers. */
#define RARE __attribute__((noinline))

struct free_block {
	struct free_block *next;
	struct free_block **link; /* what leads here */
	uint64_t mark;
};

static struct {
	uint64_t *first; /* granule 0 */
	uint64_t size;
	uint8_t *map;
	uint64_t filled[WORDS];
	struct free_block *bins[BINS];
} heap;

struct bits {
	uint64_t bits;
} __attribute__((packed, may_alias));

/* The map around a granule: bit 0 is that of the one below, bit 1 its own, to 56. */
static inline uint64_t map_look(uint64_t granule)
{
	return ((struct bits *)(heap.map + granule / 8))->bits >> granule % 8;
}

static inline void map_flip(uint64_t granule, uint64_t bits)
{
	((struct bits *)(heap.map + granule / 8))->bits ^= bits << granule % 8;
}

static inline unsigned bin_of(uint64_t size)
{
	unsigned shift;

	if (size < EXACT)
		return (unsigned)size;
	shift = 61 - (unsigned)__builtin_clzll(size);
	return EXACT - 16 + 4 * shift + (unsigned)(size >> shift);
}

static inline void bin_add(uint64_t *start, uint64_t size)
{
	struct free_block *block = (struct free_block *)start;
	unsigned bin = bin_of(size);
	struct free_block **link = &heap.bins[bin];

	if (size != 2)
		start[size - 1] = size * 2 + 1;
	if (size == 1)
		return;
	if (size > 2)
		block->mark = size * 2 + 1;
	if (*link > block)
		link = &(*link)->next;
	block->next = *link;
	block->link = link;
	*link = block;
	if (block->next)
		block->next->link = &block->next;
	else
		heap.filled[bin / 64] |= 1ull << bin % 64;
}

static inline void bin_remove(uint64_t *start, uint64_t size)
{
	struct free_block *block = (struct free_block *)start;
	unsigned bin = bin_of(size);

	if (size == 1)
		return;
	*block->link = block->next;
	if (block->next)
		block->next->link = block->link;
	else if (!heap.bins[bin])
		heap.filled[bin / 64] &= ~(1ull << bin % 64);
}

/* The free block gets another end, and stays in its bin if it can. */
static void bin_move(uint64_t *start, uint64_t size, uint64_t new_size)
{
	if (size >= EXACT && bin_of(size) == bin_of(new_size)) {
		start[2] = start[new_size - 1] = new_size * 2 + 1;
		return;
	}
	bin_remove(start, size);
	if (new_size)
		bin_add(start, new_size);
}

/* A free block of at least that size, or NULL. */
static inline struct free_block *bin_find(uint64_t size)
{
	unsigned bin = bin_of(size), word = bin / 64;
	uint64_t filled = heap.filled[word] >> bin % 64 << bin % 64;

	if (size >= EXACT) {
		struct free_block *block = heap.bins[bin];

		for (int i = 0; i < LOOKS && block; i++, block = block->next)
			if (block->mark / 2 >= size)
				return block;
		filled &= ~(1ull << bin % 64);
	}
	while (!filled) {
		if (++word == WORDS)
			return NULL;
		filled = heap.filled[word];
	}
	return heap.bins[word * 64 + (unsigned)__builtin_ctzll(filled)];
}

/* Any block that has a place for it, before a request is refused. */
static RARE struct free_block *bin_search(uint64_t size, uint64_t align)
{
	for (unsigned bin = bin_of(size); bin < BINS; bin++)
		for (struct free_block *block = heap.bins[bin]; block;
		     block = block->next) {
			uint64_t *start = (uint64_t *)block;
			uint64_t granule = (uint64_t)(start - heap.first);
			uint64_t *end = start + (map_look(granule) & 4 ?
							 2 : block->mark / 2);

			if (((uint64_t)(end - size) & -align) >= (uint64_t)start)
				return block;
		}
	return NULL;
}

/* Cut a block out of a free one, at the highest address that is aligned. */
static RARE void *cut(uint64_t size, uint64_t align)
{
	uint64_t slack = 0, granule, *place, *start, *end;
	struct free_block *block;

	do {
		block = bin_find(size + slack);
		if (!block)
			block = bin_search(size, align);
		if (!block)
			return NULL;
		start = (uint64_t *)block;
		granule = (uint64_t)(start - heap.first);
		end = start + (map_look(granule) & 4 ? 2 : block->mark / 2);
		place = (uint64_t *)((uint64_t)(end - size) & -align);
		slack = align / GRANULE - 1;
	} while (place < start);
	bin_move(start, (uint64_t)(end - start), (uint64_t)(place - start));
	granule = (uint64_t)(place - heap.first);
	map_flip(granule, place > start ? 3 : 2);
	if (place + size < end)
		bin_add(place + size, (uint64_t)(end - place) - size);
	else
		map_flip(granule + size, 1);
	return place;
}

/* The same for a small block of which no free one has the size: what most need. */
static RARE void *cut_small(uint64_t size)
{
	struct free_block *block = bin_find(size);
	uint64_t old_size, granule;

	if (!block)
		return NULL;
	granule = (uint64_t)((uint64_t *)block - heap.first);
	old_size = map_look(granule) & 4 ? 2 : block->mark / 2;
	granule += old_size - size;
	map_flip(granule, 1ull << size | 3);
	bin_move((uint64_t *)block, old_size, old_size - size);
	return heap.first + granule;
}

/* Make a block free, and one with its free neighbours. */
static RARE void join(uint64_t *start, uint64_t size)
{
	uint64_t granule = (uint64_t)(start - heap.first), other;
	uint64_t above = map_look(granule + size) >> 1 & 3;

	if (above == 1) {
		map_flip(granule + size, 1);
	} else {
		other = above == 3 ? 1 : above == 2 ? 2 : start[size + 2] / 2;
		bin_remove(start + size, other);
		size += other;
	}
	if (map_look(granule) & 1) {
		map_flip(granule, 3);
		other = start[-1] & 1 ? start[-1] / 2 : 2;
		bin_move(start - other, other, other + size);
	} else {
		map_flip(granule, 2);
		bin_add(start, size);
	}
}

static inline uint64_t granules_for(uint64_t size)
{
	return size <= 16 ? 2 : (size + GRANULE - 1) / GRANULE;
}

/* Large or over-aligned, or none: whatever alloc does not decide by itself. */
static RARE void *alloc_unusual(struct layout layout)
{
	uint64_t size = granules_for(layout.size);
	uint64_t align = layout.align < GRANULE ? GRANULE : layout.align;

	layout_check(layout);
	if (layout.size - 1 >= heap.size * GRANULE ||
	    align / GRANULE > heap.size)
		return NULL;
	return cut(size, align);
}

/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 10, task 1: your code here. */
	uint64_t skipped = -(uint64_t)start % GRANULE;
	uint64_t granules = size < skipped ? 0 : (size - skipped) / GRANULE;
	uint64_t map_size = granules / 64 + 2;

	memset(&heap, 0, sizeof(heap));
	if (granules < map_size + 2)
		return;
	heap.first = (uint64_t *)((uint64_t)start + skipped);
	heap.size = granules - map_size;
	heap.map = (uint8_t *)(heap.first + heap.size);
	memset(heap.map, 0, map_size * GRANULE);
	map_flip(heap.size, 3); /* the end is as if in use */
	bin_add(heap.first, heap.size);
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 10, task 1: your code here. */
	uint64_t size = granules_for(layout.size);
	struct free_block *block;

	if (layout.align > GRANULE || !(ALIGNS >> layout.align & 1) ||
	    layout.size - 1 >= (EXACT - 1) * GRANULE)
		return alloc_unusual(layout);
	block = heap.bins[size];
	if (!block)
		return cut_small(size);
	heap.bins[size] = block->next;
	if (block->next)
		block->next->link = &heap.bins[size];
	else
		heap.filled[0] &= ~(1ull << size);
	map_flip((uint64_t)((uint64_t *)block - heap.first), 1ull << size | 2);
	return block;
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 10, task 2: your code here. */
	uint64_t size = granules_for(layout.size), around;
	uint64_t granule = (uint64_t)block - (uint64_t)heap.first;

	granule = granule >> 3 | granule << 61; /* large, if it is no multiple */
	require(granule < heap.size && size <= heap.size - granule,
		"dealloc of %zu bytes at %p, not in the heap", layout.size, block);
	around = map_look(granule);
	require((around & 6) == 2, "dealloc of %zu bytes at %p, not in use",
		layout.size, block);
	if (size >= EXACT || around & 1 || (around >> size >> 1 & 3) != 1) {
		join(block, size);
		return;
	}
	map_flip(granule, 1ull << size | 2);
	bin_add(block, size);
	/* End of your code. */
}
