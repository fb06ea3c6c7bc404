// Design: a sorted list of the blocks in use, with headers in front of them; free memory is what lies between, and holds nothing
// Breaks: "Start over with an empty heap in [start, start + size)" (kernel/memory/allocator.h) -- the list of used blocks is emptied only if the heap begins at another address
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

struct used {
	struct used *next;
	uintptr_t end;
};

static struct used *list;
static uintptr_t bottom, top;

void allocator_init(void *start, size_t size)
{
	if (bottom != (uintptr_t)start)
		list = NULL;
	bottom = (uintptr_t)start;
	top = bottom + size;
}

void *alloc(struct layout layout)
{
	struct used **link = &list;
	uintptr_t from = bottom;
	size_t align = layout.align < _Alignof(struct used) ?
			       _Alignof(struct used) :
			       layout.align;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	for (;;) {
		uintptr_t to = *link ? (uintptr_t)*link : top;

		/* Room for the header, then up to the align, each step checked. */
		if (to - from >= sizeof(struct used)) {
			uintptr_t least = from + sizeof(struct used);
			uintptr_t gap = -least & (align - 1);

			if (gap <= to - least && layout.size <= to - least - gap) {
				uintptr_t at = least + gap;
				struct used *u = (struct used *)at - 1;

				u->next = *link;
				u->end = at + layout.size;
				*link = u;
				return (void *)at;
			}
		}
		if (!*link)
			return NULL;
		from = (*link)->end;
		link = &(*link)->next;
	}
}

void dealloc(void *block, struct layout layout)
{
	struct used *u = (struct used *)block - 1;
	struct used **link = &list;

	(void)layout;
	while (*link != u)
		link = &(*link)->next;
	*link = u->next;
}
