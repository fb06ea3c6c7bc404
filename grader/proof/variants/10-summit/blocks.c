/*
 * Design: lab 6's classes of blocks, on lab 5's list, in one file.  What a class has
 * had stays with it.
 *
 * A test must not ask for memory that was freed in blocks of another size.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

/*
 * Each free block begins with its size and the address of the next free block.
 * A block in use holds nothing of ours, for whoever frees it tells its layout
 * again.
 *
 *   first_hole
 *       |
 *       v
 *   +----+------+------+----------+----+------+----------+----+------+------+
 *   | 64 | next | free |  in use  | 32 | next |  in use  | 96 | NULL | free |
 *   +----+------+------+----------+----+------+----------+----+------+------+
 *           |                     ^       |              ^
 *           +---------------------+       +--------------+
 *
 * Every block begins at a multiple of GRANULE and is a multiple of it long.
 * GRANULE is the size of the two words, so whatever is left over in front of a
 * block (its alignment's padding) or behind it is either nothing, or enough to
 * be a free block again: no byte is ever lost.
 *
 * The list is sorted by address.  That costs dealloc a walk, and makes the free
 * neighbours of a block its neighbours in the list, where they can be joined.
 *
 * Shortcomings: alloc and dealloc walk the list, so they take as long as it is
 * (lab 6 does better), and dealloc walks it once more to check it; freeing a
 * block twice is noticed only while its bytes are still free (lab 8).
 */
struct hole {
	size_t size; /* in bytes, these two words included */
	struct hole *next; /* the next one upwards, or NULL */
};

#define GRANULE sizeof(struct hole)
_Static_assert(GRANULE == 16, "two words of eight bytes");

static struct hole *first_hole;

static uint64_t hole_start(const struct hole *block)
{
	return (uint64_t)block;
}

static uint64_t hole_end(const struct hole *block)
{
	return (uint64_t)block + block->size;
}

/* Make the bytes of [start, end) a free block. */
static struct hole *hole_make(uint64_t start, uint64_t end,
				     struct hole *next)
{
	struct hole *block = (struct hole *)start;

	block->size = end - start;
	block->next = next;
	return block;
}

/*
 * The lowest address in the free block at which `size` bytes begin at a
 * multiple of align, or 0 if they do not fit.  Subtracts where an addition
 * could overflow.
 */
static uint64_t hole_fit(const struct hole *block, uint64_t size,
			  uint64_t align)
{
	uint64_t address;

	if (hole_start(block) > UINT64_MAX - (align - 1))
		return 0;
	address = align_up(hole_start(block), align);
	if (address > hole_end(block) || size > hole_end(block) - address)
		return 0;
	return address;
}

/*
 * Take [start, end) out of the free block that *link leads to.  What is left
 * behind it and in front of it stays in the list.
 */
static void hole_cut(struct hole **link, uint64_t start, uint64_t end)
{
	uint64_t old_start = hole_start(*link), old_end = hole_end(*link);
	struct hole *rest = (*link)->next;

	if (end < old_end)
		rest = hole_make(end, old_end, rest);
	if (old_start < start)
		rest = hole_make(old_start, start, rest);
	*link = rest;
}

/* If the next free block begins where this one ends, make them one. */
static void hole_join_next(struct hole *block)
{
	struct hole *next = block->next;

	if (!next || hole_start(next) != hole_end(block))
		return;
	block->size += next->size;
	block->next = next->next;
}

/*
 * The invariants of one free block and the next: whole granules, sorted by
 * address, and something in use between the two.
 */
static void hole_check(const struct hole *block)
{
	require(block->size > 0 && block->size % GRANULE == 0 &&
			hole_start(block) % GRANULE == 0,
		"free block %p of %zu bytes: these are no whole granules",
		(void *)block, block->size);
	require(!block->next || hole_start(block->next) > hole_end(block),
		"free block %p of %zu bytes reaches the next one at %p",
		(void *)block, block->size, (void *)block->next);
}

/* Panics after a caller freed the same block twice, among other things. */
static void holes_check(void)
{
	for (struct hole *block = first_hole; block; block = block->next)
		hole_check(block);
}
static void list_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);

	first_hole = first < end ? hole_make(first, end, NULL) : NULL;
}

static void *list_alloc(struct layout layout)
{
	struct hole **link;
	uint64_t size, start;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	size = align_up(layout.size, GRANULE);
	for (link = &first_hole; *link; link = &(*link)->next) {
		start = hole_fit(*link, size, layout.align);
		if (!start)
			continue;
		hole_cut(link, start, start + size);
		return (void *)start;
	}
	return NULL;
}

static void list_dealloc(void *block, struct layout layout)
{
	uint64_t start = (uint64_t)block;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct hole **link = &first_hole, *before = NULL;

	while (*link && hole_start(*link) < start) {
		before = *link;
		link = &before->next;
	}
	*link = hole_make(start, end, *link);
	hole_join_next(*link);
	if (before)
		hole_join_next(before);
	holes_check();
}

/*
 * A class is a size, a power of two.  Every block of a class is as large as the
 * class says and lies at a multiple of that, so that it serves each layout of
 * which neither size nor align is larger.  Free ones are chained:
 *
 *   first_free[0]     8  ->  block  ->  block  ->  NULL
 *   first_free[1]    16  ->  NULL
 *   first_free[2]    32  ->  block  ->  NULL
 *       ...
 *   first_free[8]  2048  ->  block  ->  NULL
 *
 * An empty list gets a block from the fallback, and the block is the class's
 * from then on.  What no class holds is the fallback's, coming and going.
 *
 * Which class a block is of follows from its layout alone, so nothing is stored
 * about a block in use.
 *
 * Shortcomings: a class never gives memory back, so after a time of many small
 * blocks there may be none for large ones (a challenge of the lab); nearly half
 * of a block may be unused; freeing a block twice is not noticed (lab 8).
 */
struct free_block {
	struct free_block *next;
};

#define SMALLEST 8
#define CLASSES 9 /* 8, 16, 32, 64, 128, 256, 512, 1024, 2048 */
_Static_assert(SMALLEST >= sizeof(struct free_block),
	       "a free block holds the address of the next one");

static struct free_block *first_free[CLASSES];

static size_t class_size(unsigned class)
{
	return (size_t)SMALLEST << class;
}

/* The smallest class that holds the layout, or CLASSES if none does. */
static unsigned class_of(struct layout layout)
{
	size_t needed = layout.size > layout.align ? layout.size : layout.align;
	unsigned class = 0;

	while (class < CLASSES && class_size(class) < needed)
		class++;
	return class;
}

/* A block that the class has not had yet. */
static void *class_grow(unsigned class)
{
	struct layout layout = { class_size(class), class_size(class) };

	return list_alloc(layout);
}

void allocator_init(void *start, size_t size)
{
	list_init(start, size);
	for (unsigned class = 0; class < CLASSES; class++)
		first_free[class] = NULL;
}

void *alloc(struct layout layout)
{
	struct free_block *block;
	unsigned class;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	class = class_of(layout);
	if (class == CLASSES)
		return list_alloc(layout);
	block = first_free[class];
	if (!block)
		return class_grow(class);
	first_free[class] = block->next;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	struct free_block *freed = block;
	unsigned class = class_of(layout);

	if (class == CLASSES) {
		list_dealloc(block, layout);
		return;
	}
	freed->next = first_free[class];
	first_free[class] = freed;
}
