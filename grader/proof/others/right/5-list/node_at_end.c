// Design: the two words stand at the end of a free block, so that taking from its start changes one word; sorted by address
#include "memory/allocator.h"

#include <stdint.h>

/* In the last 16 bytes of a free block. */
struct tail {
	uintptr_t start;
	struct tail *next;
};

static struct tail *head;

static inline uintptr_t stop_of(struct tail *t)
{
	return (uintptr_t)(t + 1);
}

static inline struct tail *tail_for(uintptr_t stop)
{
	return (struct tail *)stop - 1;
}

static inline size_t whole(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t s = (uintptr_t)start, low, high;

	head = NULL;
	if (size < 16 || size - 16 < (-s & 15))
		return;
	low = s + (-s & 15);
	high = (s + size) & ~(uintptr_t)15;
	if (low == high)
		return;
	head = tail_for(high);
	head->start = low;
	head->next = NULL;
}

void *alloc(struct layout layout)
{
	uintptr_t mask = layout.align - 1;
	size_t size;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - 15)
		return NULL;
	size = whole(layout.size);
	for (struct tail **p = &head; *p != NULL; p = &(*p)->next) {
		struct tail *t = *p;
		uintptr_t start = t->start, stop = stop_of(t);
		uintptr_t gap = -start & mask;

		if (stop - start < size || stop - start - size < gap)
			continue;
		if (start + gap + size == stop)
			*p = t->next;
		else
			t->start = start + gap + size;
		if (gap != 0) {
			struct tail *front = tail_for(start + gap);

			front->start = start;
			front->next = *p;
			*p = front;
		}
		return (void *)(start + gap);
	}
	return NULL;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t start = (uintptr_t)block;
	uintptr_t stop = start + whole(layout.size);
	struct tail **p = &head;
	struct tail *t;

	/* A neighbour below is swallowed, and it is the one that p ends at. */
	while (*p != NULL && stop_of(*p) <= start) {
		if (stop_of(*p) == start) {
			start = (*p)->start;
			*p = (*p)->next;
			break;
		}
		p = &(*p)->next;
	}
	if (*p != NULL && (*p)->start == stop) {
		(*p)->start = start;
		return;
	}
	t = tail_for(stop);
	t->start = start;
	t->next = *p;
	*p = t;
}
