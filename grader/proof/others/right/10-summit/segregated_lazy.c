// Design: exact classes of 16 to 512 bytes (last in, first out), a bag for the rest, and a bump pointer; nothing is joined in dealloc.
// Right: an alloc that would fail joins all free pieces and tries again; the contract bounds no call by the number of blocks
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

#define GRAIN ((size_t)16)
#define CLASSES 32

typedef struct scrap {
	struct scrap *next;
	size_t size;
} scrap;

static struct {
	scrap *small[CLASSES];		/* of 16, 32, ... 512 bytes each */
	scrap *bag;			/* of any size */
	uintptr_t begin, fresh, end;	/* [fresh, end) was never used */
	bool joined;			/* nothing was freed since the last gather */
} heap;

static size_t rounded(size_t size)
{
	return (size + GRAIN - 1) & ~(GRAIN - 1);
}

static void keep(uintptr_t at, size_t size)
{
	scrap *s = (scrap *)at;
	scrap **list = size <= CLASSES * GRAIN ? &heap.small[size / GRAIN - 1]
					       : &heap.bag;

	s->size = size;
	s->next = *list;
	*list = s;
}

void allocator_init(void *start, size_t size)
{
	size_t skip = -(uintptr_t)start & (GRAIN - 1);

	memset(&heap, 0, sizeof heap);
	if (size <= skip)
		return;
	heap.begin = heap.fresh = (uintptr_t)start + skip;
	heap.end = heap.begin + ((size - skip) & ~(GRAIN - 1));
	heap.joined = true;
}

/* Cut need bytes at a multiple of align out of one of a list's pieces. */
static void *cut_from(scrap **list, size_t need, size_t align)
{
	for (scrap *s; (s = *list) != NULL; list = &s->next) {
		uintptr_t at = (uintptr_t)s;
		size_t front = -at & (align - 1), all = s->size;

		if (front >= all || all - front < need)
			continue;
		*list = s->next;
		if (front)
			keep(at, front);
		if (all - front > need)
			keep(at + front + need, all - front - need);
		return (void *)(at + front);
	}
	return NULL;
}

static void *cut_from_fresh(size_t need, size_t align)
{
	size_t front = -heap.fresh & (align - 1), all = heap.end - heap.fresh;

	if (front >= all || all - front < need)
		return NULL;
	uintptr_t at = heap.fresh + front;
	if (front)
		keep(heap.fresh, front);
	heap.fresh = at + need;
	return (void *)at;
}

/* Two lists, each sorted by address, become one. */
static scrap *merge(scrap *a, scrap *b)
{
	scrap *all = NULL, **tail = &all;

	while (a && b) {
		scrap **lower = (uintptr_t)a < (uintptr_t)b ? &a : &b;
		*tail = *lower;
		tail = &(*tail)->next;
		*lower = *tail;
	}
	*tail = a ? a : b;
	return all;
}

/* Merge sort from below: sorted[i] has 2^i pieces, or none. */
static void sort_into(scrap *sorted[64], scrap *list)
{
	while (list) {
		scrap *one = list;
		list = list->next;
		one->next = NULL;
		int i = 0;
		for (; sorted[i]; i++) {
			one = merge(sorted[i], one);
			sorted[i] = NULL;
		}
		sorted[i] = one;
	}
}

static void gather(void)
{
	scrap *sorted[64] = { NULL };

	for (int i = 0; i < CLASSES; i++) {
		sort_into(sorted, heap.small[i]);
		heap.small[i] = NULL;
	}
	sort_into(sorted, heap.bag);

	scrap *all = NULL;
	for (int i = 0; i < 64; i++)
		all = merge(sorted[i], all);
	heap.bag = all;

	for (scrap **link = &heap.bag, *s; (s = *link) != NULL;) {
		uintptr_t end = (uintptr_t)s + s->size;

		if (s->next && (uintptr_t)s->next == end) {
			s->size += s->next->size;
			s->next = s->next->next;
		} else if (end == heap.fresh) {
			heap.fresh = (uintptr_t)s;
			*link = NULL;
		} else {
			link = &s->next;
		}
	}
	heap.joined = true;
}

void *alloc(struct layout layout)
{
	void *block;

	layout_check(layout);
	if (layout.size == 0 || layout.size > heap.end - heap.begin)
		return NULL;
	size_t need = rounded(layout.size);
	size_t align = layout.align < GRAIN ? GRAIN : layout.align;

	if (need <= CLASSES * GRAIN) {
		block = cut_from(&heap.small[need / GRAIN - 1], need, align);
		if (block)
			return block;
	}
	block = cut_from(&heap.bag, need, align);
	if (!block)
		block = cut_from_fresh(need, align);
	if (block)
		return block;

	/* What was cut off since the last gather lies in the classes above, too. */
	for (size_t i = need / GRAIN; i < CLASSES; i++) {
		block = cut_from(&heap.small[i], need, align);
		if (block)
			return block;
	}
	if (heap.joined)
		return NULL;
	gather();
	block = cut_from(&heap.bag, need, align);
	return block ? block : cut_from_fresh(need, align);
}

void dealloc(void *block, struct layout layout)
{
	keep((uintptr_t)block, rounded(layout.size));
	heap.joined = false;
}
