// Design: freed blocks go to the front of an unsorted list; only when nothing fits is it sorted (merge sort) and coalesced
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

struct piece {
	struct piece *next;
	size_t size;
};

static struct piece *pieces;

static size_t round_up(size_t size)
{
	return (size + 15) / 16 * 16;
}

static void push(uintptr_t at, size_t size)
{
	struct piece *p = (struct piece *)at;

	if (size == 0)
		return;
	p->size = size;
	p->next = pieces;
	pieces = p;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t a = (uintptr_t)start, b = a + size;

	pieces = NULL;
	if (size >= 32) {
		a = (a + 15) / 16 * 16;
		b = b / 16 * 16;
		push(a, b - a);
	}
}

static struct piece *merge(struct piece *a, struct piece *b)
{
	struct piece *head = NULL, **tail = &head;

	while (a && b) {
		struct piece **lower = a < b ? &a : &b;

		*tail = *lower;
		tail = &(*lower)->next;
		*lower = *tail;
	}
	*tail = a ? a : b;
	return head;
}

static struct piece *sort(struct piece *list)
{
	struct piece *slow = list, *fast, *second;

	if (!list || !list->next)
		return list;
	for (fast = list->next; fast && fast->next; fast = fast->next->next)
		slow = slow->next;
	second = slow->next;
	slow->next = NULL;
	return merge(sort(list), sort(second));
}

static bool coalesce(void)
{
	bool changed = false;

	pieces = sort(pieces);
	for (struct piece *p = pieces; p; p = p->next)
		while (p->next && (char *)p + p->size == (char *)p->next) {
			p->size += p->next->size;
			p->next = p->next->next;
			changed = true;
		}
	return changed;
}

static void *search(size_t size, size_t align)
{
	for (struct piece **link = &pieces; *link; link = &(*link)->next) {
		uintptr_t start = (uintptr_t)*link;
		size_t have = (*link)->size;
		size_t gap = -start & (align - 1);

		if (gap > have || have - gap < size)
			continue;
		*link = (*link)->next;
		push(start, gap);
		push(start + gap + size, have - gap - size);
		return (void *)(start + gap);
	}
	return NULL;
}

void *alloc(struct layout layout)
{
	size_t align = layout.align > 16 ? layout.align : 16;
	void *block;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - 15)
		return NULL;
	block = search(round_up(layout.size), align);
	if (!block && coalesce())
		block = search(round_up(layout.size), align);
	return block;
}

void dealloc(void *block, struct layout layout)
{
	push((uintptr_t)block, round_up(layout.size));
}
