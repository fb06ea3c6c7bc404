// Design: a bump pointer and a list; freed memory that touches the pointer lowers it
// Breaks: list-13: "when all is freed, the largest request that a fresh heap can meet is possible again" (labs/5-list/README.md) -- only the block that is last lowers the bump pointer; a gap below it that touches the new pointer stays a gap, so the heap never comes back whole
// Shown: yes
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "memory/align.h"

#define STEP 16

struct gap {
	size_t size;
	struct gap *next;
};

static uintptr_t next, end;
static struct gap *gaps; /* sorted by address; none touches next */

void allocator_init(void *start, size_t size)
{
	gaps = NULL;
	next = end = 0;
	if (size >= 2 * STEP) {
		next = align_up((uintptr_t)start, STEP);
		end = align_down((uintptr_t)start + size, STEP);
	}
}

static void release(uintptr_t from, uintptr_t to)
{
	struct gap **link = &gaps, *before = NULL, *gap;
	uintptr_t first = from;

	if (from == to)
		return;
	while (*link && (uintptr_t)*link < from) {
		before = *link;
		link = &before->next;
	}
	gap = *link;
	if (gap && (uintptr_t)gap == to) {
		to += gap->size;
		*link = gap->next;
	}
	if (before && (uintptr_t)before + before->size == from) {
		from = (uintptr_t)before;
		for (link = &gaps; *link != before; link = &(*link)->next)
			;
		*link = before->next;
	}
	if (to == next) {
		next = first;
		return;
	}
	gap = (struct gap *)from;
	gap->size = to - from;
	gap->next = *link;
	*link = gap;
}

static void *from_gaps(size_t size, size_t align)
{
	for (struct gap **link = &gaps; *link; link = &(*link)->next) {
		uintptr_t low = (uintptr_t)*link, high = low + (*link)->size, at;

		if (align > UINT64_MAX - low)
			continue;
		at = align_up(low, align);
		if (at > high || high - at < size)
			continue;
		*link = (*link)->next;
		release(low, at);
		release(at + size, high);
		return (void *)at;
	}
	return NULL;
}

void *alloc(struct layout layout)
{
	uintptr_t at, old = next;
	size_t size;
	void *block;

	layout_check(layout);
	if (layout.size == 0 || layout.size > end)
		return NULL;
	if (layout.align < STEP)
		layout.align = STEP;
	size = align_up(layout.size, STEP);
	block = from_gaps(size, layout.align);
	if (block)
		return block;
	if (next > UINT64_MAX - layout.align)
		return NULL;
	at = align_up(next, layout.align);
	if (at > end || end - at < size)
		return NULL;
	next = at + size;
	release(old, at);
	return (void *)at;
}

void dealloc(void *block, struct layout layout)
{
	release((uintptr_t)block,
		(uintptr_t)block + align_up(layout.size, STEP));
}
