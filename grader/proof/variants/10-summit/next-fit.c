/*
 * Design: next fit. Blocks lie side by side, each behind a word with its size; the search
 * goes on where the last one ended.  dealloc only clears a bit; what is free is joined
 * by whoever comes along (Knuth, The Art of Computer Programming 1, 2.5, exercise 6).
 *
 * A test must not expect that the lowest hole is used first.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

/* Your own types, variables and helpers: here. */
#define GRANULE 16
#define USED 1ull

/* Behind the word at `place` a block begins, at a multiple of GRANULE. */
static uint64_t begin, end, rover;

static uint64_t *word(uint64_t place)
{
	return (uint64_t *)place;
}

/* Join the free block with those above it. */
static void join(uint64_t place)
{
	uint64_t above = place + *word(place);

	while (above < end && !(*word(above) & USED)) {
		if (rover == above)
			rover = place;
		*word(place) += *word(above);
		above = place + *word(place);
	}
}

/* Cut a block out of the free one, or NULL. */
static void *take(uint64_t place, uint64_t size, uint64_t align)
{
	uint64_t has = *word(place);
	uint64_t block = (place + sizeof(uint64_t) + align - 1) & -align;
	uint64_t front = block - sizeof(uint64_t) - place;

	if (block < place || front > has || has - front < size)
		return NULL;
	if (front > 0) {
		*word(place) = front;
		place += front;
		has -= front;
	}
	if (has > size)
		*word(place + size) = has - size;
	*word(place) = size | USED;
	rover = place;
	return (void *)block;
}

static void *search(uint64_t from, uint64_t size, uint64_t align)
{
	for (uint64_t place = from; place < end; place += *word(place) & ~USED) {
		void *block;

		if (*word(place) & USED)
			continue;
		join(place);
		block = take(place, size, align);
		if (block)
			return block;
	}
	return NULL;
}
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 10, task 1: your code here. */
	uint64_t first = (uint64_t)start + sizeof(uint64_t);
	uint64_t last = (uint64_t)start + size;

	begin = ((first + GRANULE - 1) & -(uint64_t)GRANULE) - sizeof(uint64_t);
	end = begin;
	if (last > begin)
		end += (last - begin) & -(uint64_t)GRANULE;
	rover = begin;
	if (end > begin)
		*word(begin) = end - begin;
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 10, task 1: your code here. */
	uint64_t size, align = layout.align < GRANULE ? GRANULE : layout.align;
	void *block;

	layout_check(layout);
	if (layout.size == 0 || layout.size >= end - begin || align >= 1ull << 62)
		return NULL;
	size = (layout.size + sizeof(uint64_t) + GRANULE - 1) & -(uint64_t)GRANULE;
	block = search(rover, size, align);
	return block ? block : search(begin, size, align);
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 10, task 2: your code here. */
	(void)layout;
	*word((uint64_t)block - sizeof(uint64_t)) &= ~USED;
	/* End of your code. */
}
