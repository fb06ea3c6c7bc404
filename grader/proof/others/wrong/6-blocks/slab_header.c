// Design: slabs: a page for a class with its head in the page
// Breaks: "A block of layout.size bytes at a multiple of layout.align" (allocator.h) -- the blocks follow the head of 40 bytes, at 48 and so on
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

#define PAGE 4096u
#define CLASSES 8		/* 16 to 2048 */
#define IN_PAGES 5		/* 16 to 256; the rest comes one by one */

/* At the start of each page; the blocks follow. */
struct page {
	struct free_block *free;
	struct page *next, *prev;
	size_t used;
	bool listed;
};

struct free_block {
	struct free_block *next;
};

static struct page *pages[CLASSES];	/* with something free */
static struct free_block *singles[CLASSES];
static uint8_t *is_slab;		/* for each page; at the heap's start */
static uintptr_t first_page;

static size_t bytes_of(unsigned c)
{
	return (size_t)16 << c;
}

static unsigned class_of(struct layout l)
{
	unsigned c = 0;

	while (c < CLASSES && (bytes_of(c) < l.size || bytes_of(c) < l.align))
		c++;
	return c;
}

static void list_page(struct page *p, unsigned c)
{
	p->prev = NULL;
	p->next = pages[c];
	if (p->next)
		p->next->prev = p;
	pages[c] = p;
	p->listed = true;
}

static void unlist_page(struct page *p, unsigned c)
{
	if (p->prev)
		p->prev->next = p->next;
	else
		pages[c] = p->next;
	if (p->next)
		p->next->prev = p->prev;
	p->listed = false;
}

static struct page *new_page(unsigned c)
{
	if (!is_slab || c >= IN_PAGES)
		return NULL;
	struct page *p = fallback_alloc((struct layout){ PAGE, PAGE });

	if (!p)
		return NULL;
	is_slab[(uintptr_t)p / PAGE - first_page] = 1;
	p->used = 0;
	p->free = NULL;
	for (size_t at = 48; at + bytes_of(c) <= PAGE; at += bytes_of(c)) {
		struct free_block *b = (struct free_block *)((char *)p + at);
		b->next = p->free;
		p->free = b;
	}
	list_page(p, c);
	return p;
}

void allocator_init(void *start, size_t size)
{
	for (unsigned c = 0; c < CLASSES; c++)
		pages[c] = NULL, singles[c] = NULL;
	is_slab = NULL;
	if (size >= 16384) {
		first_page = (uintptr_t)start / PAGE;
		size_t count = ((uintptr_t)start + size - 1) / PAGE - first_page + 1;
		is_slab = start;
		for (size_t i = 0; i < count; i++)
			is_slab[i] = 0;
		start = is_slab + count;
		size -= count;
	}
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	unsigned c = class_of(layout);
	if (c == CLASSES)
		return fallback_alloc(layout);
	struct page *p = pages[c];
	struct free_block *b = singles[c];
	if (!p && b) {
		singles[c] = b->next;
		return b;
	}
	if (!p)
		p = new_page(c);
	if (!p)
		return fallback_alloc((struct layout){ bytes_of(c), bytes_of(c) });
	b = p->free;
	p->free = b->next;
	p->used++;
	if (!p->free)
		unlist_page(p, c);
	return b;
}

void dealloc(void *block, struct layout layout)
{
	unsigned c = class_of(layout);

	if (c == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	struct page *p = (struct page *)((uintptr_t)block & ~(uintptr_t)(PAGE - 1));
	struct free_block *b = block;
	if (!is_slab || !is_slab[(uintptr_t)p / PAGE - first_page]) {
		b->next = singles[c];
		singles[c] = b;
		return;
	}
	b->next = p->free;
	p->free = b;
	if (!p->listed)
		list_page(p, c);
	if (--p->used == 0) {
		unlist_page(p, c);
		is_slab[(uintptr_t)p / PAGE - first_page] = 0;
		fallback_dealloc(p, (struct layout){ PAGE, PAGE });
	}
}
