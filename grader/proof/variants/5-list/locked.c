/*
 * Design: first fit, under a lock that every call takes before all else, allocator_init
 * too; who panics keeps it.
 *
 * A test must not assume that a call is possible after a panic.
 */
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct free_block {
	size_t size;
	struct free_block *next; /* upwards */
};

#define GRANULE sizeof(struct free_block)

static struct free_block *lowest;
static volatile bool is_locked;

static void lock(void)
{
	while (is_locked)
		;
	is_locked = true;
}

static void unlock(void)
{
	is_locked = false;
}

static uint64_t end_of(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

/* Make [start, end) a free block in front of next, unless it is empty. */
static struct free_block *make(uint64_t start, uint64_t end,
			       struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	if (start >= end)
		return next;
	block->size = end - start;
	block->next = next;
	return block;
}

void allocator_init(void *start, size_t size)
{
	lock();
	lowest = make(align_up((uint64_t)start, GRANULE),
		      align_down((uint64_t)start + size, GRANULE), NULL);
	unlock();
}

static void *take(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	layout.size = align_up(layout.size, GRANULE);
	for (struct free_block **link = &lowest; *link; link = &(*link)->next) {
		uint64_t start = (uint64_t)*link, end = end_of(*link);

		if (start > UINT64_MAX - layout.align)
			continue;
		start = align_up(start, layout.align);
		if (start > end || layout.size > end - start)
			continue;
		*link = make((uint64_t)*link, start,
			     make(start + layout.size, end, (*link)->next));
		return (void *)start;
	}
	return NULL;
}

void *alloc(struct layout layout)
{
	void *memory;

	lock();
	memory = take(layout);
	unlock();
	return memory;
}

void dealloc(void *memory, struct layout layout)
{
	uint64_t start = (uint64_t)memory;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block **link = &lowest;

	lock();
	while (*link && end_of(*link) < start)
		link = &(*link)->next;
	if (*link && end_of(*link) == start) {
		start = (uint64_t)*link;
		*link = (*link)->next;
	}
	if (*link && (uint64_t)*link == end) {
		end = end_of(*link);
		*link = (*link)->next;
	}
	*link = make(start, end, *link);
	unlock();
}
