// Design: a static magazine of 16 pointers for each class before its list
// Breaks: "Nothing else is left of the heap from before, either." (allocator.h) -- init empties the lists, the magazines stay loaded
// Shown: yes
#include "memory/allocator.h"

#include "6-blocks/fallback.h"
#include "lab.h"

#define ROUNDS 16

struct magazine {
	unsigned loaded;
	void *rounds[ROUNDS];
	void *depot;		/* the list */
};

static struct magazine magazines[9];

static struct magazine *magazine_for(struct layout l, struct layout *whole)
{
	size_t s = 8;
	for (struct magazine *m = magazines; m != magazines + 9; ++m, s <<= 1) {
		if (s >= l.size && s >= l.align) {
			whole->size = whole->align = s;
			return m;
		}
	}
	*whole = l;
	return NULL;
}

void allocator_init(void *start, size_t size)
{
	for (int i = 0; i < 9; i++) {
		magazines[i].depot = NULL;
	}
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	struct layout whole;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	struct magazine *m = magazine_for(layout, &whole);
	if (m && m->loaded)
		return m->rounds[--m->loaded];
	if (m && m->depot) {
		void *block = m->depot;
		m->depot = *(void **)block;
		return block;
	}
	return fallback_alloc(whole);
}

void dealloc(void *block, struct layout layout)
{
	struct layout whole;
	struct magazine *m = magazine_for(layout, &whole);

	if (!m) {
		fallback_dealloc(block, whole);
	} else if (m->loaded < ROUNDS) {
		m->rounds[m->loaded++] = block;
	} else {
		*(void **)block = m->depot;
		m->depot = block;
	}
}
