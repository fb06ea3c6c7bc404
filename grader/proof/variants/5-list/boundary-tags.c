/*
 * Design: boundary tags (Knuth, The Art of Computer Programming, volume 1,
 * section 2.5).  There is no list.  Every block, free or in use, has a header
 * of 16 bytes with its own size and that of the block before, so from each
 * header the next one and the previous one can be found:
 *
 *   +------+--------+---------+------+--------+------+---  ---+------+--------+
 *   | size | before | in use  | size | before | free |   ..   |  16  | before |
 *   +------+--------+---------+------+--------+------+---  ---+------+--------+
 *   first                                                      last
 *
 * The last header has nothing behind it and counts as in use.
 *
 * A test must not assume that blocks cost nothing but their own bytes, that
 * blocks in use can touch, that many small blocks fill the heap, or that only
 * free blocks are written to: dealloc and alloc write into headers, between
 * blocks in use.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct header {
	uint64_t size_and_used; /* bit 0: in use; size includes the header */
	uint64_t size_before; /* of the block below; 0 for the first one */
};

#define USED 1
#define GRANULE sizeof(struct header)
_Static_assert(GRANULE == 16, "sizes leave the low four bits for flags");

/* The first header and the last; no heap while they are the same. */
static struct header *first, *last;

static uint64_t size_of(const struct header *header)
{
	return header->size_and_used & ~(uint64_t)USED;
}

static bool is_used(const struct header *header)
{
	return header->size_and_used & USED;
}

static struct header *header_after(const struct header *header)
{
	return (struct header *)((uint64_t)header + size_of(header));
}

static struct header *header_before(const struct header *header)
{
	return (struct header *)((uint64_t)header - header->size_before);
}

/* Write the size of a block, in its own header and in the next one. */
static void header_set(struct header *header, uint64_t size, uint64_t used)
{
	header->size_and_used = size | used;
	header_after(header)->size_before = size;
}

/*
 * Cut a free block in two free ones, the first of `size` bytes, and return the
 * second.  A size of 0 or of the whole cuts nothing.
 */
static struct header *header_cut(struct header *header, uint64_t size)
{
	uint64_t rest = size_of(header) - size;
	struct header *second = (struct header *)((uint64_t)header + size);

	if (size == 0 || rest == 0)
		return second;
	header_set(header, size, 0);
	header_set(second, rest, 0);
	return second;
}

/*
 * Whether a free block holds the request, header included, and how many bytes
 * must be cut off in front of that header.
 */
static bool header_fits(const struct header *header, uint64_t size,
			uint64_t align, uint64_t *padding)
{
	uint64_t behind = (uint64_t)header + GRANULE;

	if (behind > UINT64_MAX - (align - 1))
		return false;
	*padding = align_up(behind, align) - behind;
	return *padding <= size_of(header) &&
	       size <= size_of(header) - *padding;
}

void allocator_init(void *start, size_t size)
{
	uint64_t low = align_up((uint64_t)start, GRANULE);
	uint64_t high = align_down((uint64_t)start + size, GRANULE);

	first = last = NULL;
	if (high < low || high - low < 2 * GRANULE)
		return;
	first = (struct header *)low;
	last = (struct header *)(high - GRANULE);
	last->size_and_used = GRANULE | USED;
	first->size_before = 0;
	header_set(first, (uint64_t)last - low, 0);
}

void *alloc(struct layout layout)
{
	uint64_t size, padding;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (2 * GRANULE - 1))
		return NULL;
	size = GRANULE + align_up(layout.size, GRANULE);
	for (struct header *header = first; header != last;
	     header = header_after(header)) {
		if (is_used(header) ||
		    !header_fits(header, size, layout.align, &padding))
			continue;
		header = header_cut(header, padding);
		header_cut(header, size);
		header_set(header, size, USED);
		return header + 1;
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	struct header *header = (struct header *)block - 1;
	struct header *low = header, *high = header_after(header);

	require(is_used(header), "block %p of %zu bytes is not in use", block,
		layout.size);
	if (!is_used(high))
		high = header_after(high);
	if (header != first && !is_used(header_before(header)))
		low = header_before(header);
	header_set(low, (uint64_t)high - (uint64_t)low, 0);
}
