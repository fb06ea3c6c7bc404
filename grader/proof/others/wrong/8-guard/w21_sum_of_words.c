// Design: two doubly linked rings, notes before the block
// Breaks: "if afterwards an answer would be wrong, guard_check and guard_dealloc return GUARD_BOOKS instead" (guard.h) -- the sum adds the words: two that change places are not noticed
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

struct link {
	struct link *next, *prev;
};

struct note {
	struct link link; /* first */
	uint64_t size, align, in_quarantine;
	struct guard_site allocated, freed;
	uint64_t sum;
};

static struct link in_use = { &in_use, &in_use };
static struct link waiting = { &waiting, &waiting };
static struct note *pending;
static uint64_t blocks_waiting, bytes_waiting;

static bool is_head(const struct link *l) { return l == &in_use || l == &waiting; }
static struct note *note_of(struct link *l) { return (struct note *)(void *)l; }

static uint64_t sum_of(const struct note *n)
{
	const uint64_t *w = (const uint64_t *)(const void *)n;
	uint64_t a = (uintptr_t)n ^ 0x5bd1e995, b = 0;
	for (size_t i = 0; i < offsetof(struct note, sum) / 8; i++) {
		a += w[i];
	}
	return a ^ b;
}

static void seal(struct link *l)
{
	if (!is_head(l))
		note_of(l)->sum = sum_of(note_of(l));
}

static void link_last(struct link *head, struct note *n)
{
	n->link.next = head;
	n->link.prev = head->prev;
	head->prev->next = &n->link;
	head->prev = &n->link;
	seal(n->link.prev);
	seal(&n->link);
}

static void unlink(struct note *n)
{
	n->link.prev->next = n->link.next;
	n->link.next->prev = n->link.prev;
	seal(n->link.prev);
	seal(n->link.next);
}

static bool ring_right(struct link *head)
{
	struct link *l = head->next;
	while (l != head) {
		if (note_of(l)->sum != sum_of(note_of(l)))
			return false;
		l = l->next;
	}
	return true;
}

static bool books_right(void)
{
	for (struct note *n = pending; n; n = (struct note *)(void *)n->link.next)
		if (n->sum != sum_of(n))
			return false;
	if (!ring_right(&in_use) || !ring_right(&waiting))
		return false;
	while (pending) {
		struct note *n = pending;
		pending = (struct note *)(void *)n->link.next;
		link_last(&in_use, n);
	}
	return true;
}

static unsigned char *block_of(const struct note *n)
{
	return (unsigned char *)(uintptr_t)(n + 1) + GUARD_ZONE;
}

static size_t front_of(size_t align)
{
	return align_up(sizeof(struct note) + GUARD_ZONE, align);
}

static struct layout below(struct layout l)
{
	return (struct layout){ front_of(l.align) + l.size + GUARD_ZONE,
				l.align > 16 ? l.align : 16 };
}

static unsigned char should(const struct note *n, int64_t i)
{
	if (i < 0)
		return (unsigned char)(0x40 - i);
	if (i < (int64_t)n->size)
		return GUARD_FREED;
	return (unsigned char)(0x80 + (i - (int64_t)n->size));
}

static void restore(const struct note *n, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++)
		block_of(n)[i] = should(n, i);
}

static struct guard_report about(const struct note *n, enum guard_finding what, int64_t offset)
{
	return (struct guard_report){ what, block_of(n), { n->size, n->align }, offset,
				      n->allocated, n->freed };
}

static const struct guard_report nothing = { .what = GUARD_NOTHING };

static struct guard_report look(const struct note *n, bool mend)
{
	int64_t size = (int64_t)n->size, i = -GUARD_ZONE;
	const unsigned char *b = block_of(n);
	while (i < size + GUARD_ZONE) {
		if (i == 0 && !n->in_quarantine) {
			i = size;
			if (size)
				continue;
		}
		if (b[i] != should(n, i))
			break;
		i++;
	}
	if (i == size + GUARD_ZONE)
		return nothing;
	if (i < 0) {
		if (mend)
			restore(n, -GUARD_ZONE, 0);
		return about(n, GUARD_UNDERFLOW, i);
	}
	if (i < size) {
		if (mend)
			restore(n, 0, size);
		return about(n, GUARD_USE_AFTER_FREE, i);
	}
	if (mend)
		restore(n, size, size + GUARD_ZONE);
	return about(n, GUARD_OVERFLOW, i);
}

static bool oldest_leaves(void)
{
	if (waiting.next == &waiting)
		return false;
	struct note *n = note_of(waiting.next);
	if (look(n, false).what != GUARD_NOTHING)
		return false;
	unlink(n);
	blocks_waiting--;
	bytes_waiting -= n->size;
	struct layout l = { n->size, n->align };
	dealloc(block_of(n) - front_of(l.align), below(l));
	return true;
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	in_use.next = in_use.prev = &in_use;
	waiting.next = waiting.prev = &waiting;
	pending = NULL;
	blocks_waiting = bytes_waiting = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool right = books_right();
	bool fits = layout.size <= SIZE_MAX - GUARD_ZONE - front_of(layout.align);
	unsigned char *base;
	while ((base = fits ? alloc(below(layout)) : NULL) == NULL)
		if (!right || !oldest_leaves())
			return NULL;
	unsigned char *block = base + front_of(layout.align);
	struct note *n = (struct note *)(void *)(block - GUARD_ZONE - sizeof(struct note));
	*n = (struct note){ { (struct link *)(void *)pending, NULL }, layout.size, layout.align, 0,
			    site, { NULL, 0 }, 0 };
	if (right) {
		link_last(&in_use, n);
	} else {
		pending = n;
		n->sum = sum_of(n);
	}
	restore(n, -GUARD_ZONE, 0);
	restore(n, (int64_t)layout.size, (int64_t)layout.size + GUARD_ZONE);
	memset(block, GUARD_FRESH, layout.size);
	return block;
}

struct guard_report guard_check(void)
{
	if (!books_right())
		return (struct guard_report){ .what = GUARD_BOOKS };
	struct link *heads[] = { &waiting, &in_use };
	for (int h = 0; h < 2; h++)
		for (struct link *l = heads[h]->next; l != heads[h]; l = l->next) {
			struct guard_report r = look(note_of(l), true);
			if (r.what != GUARD_NOTHING)
				return r;
		}
	return nothing;
}

static struct note *owner_of(struct link *head, uintptr_t p)
{
	for (struct link *l = head->next; l != head; l = l->next) {
		uintptr_t b = (uintptr_t)block_of(note_of(l));
		if (p == b || (p > b && p < b + note_of(l)->size))
			return note_of(l);
	}
	return NULL;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (!books_right())
		return (struct guard_report){ .what = GUARD_BOOKS };
	struct note *n = owner_of(&in_use, (uintptr_t)block);
	if (!n)
		n = owner_of(&waiting, (uintptr_t)block);
	if (!n)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	if (block != (void *)block_of(n))
		return about(n, GUARD_INTERIOR_FREE, (unsigned char *)block - block_of(n));
	if (n->in_quarantine)
		return about(n, GUARD_DOUBLE_FREE, 0);
	if (n->size != layout.size || n->align != layout.align)
		return about(n, GUARD_OTHER_LAYOUT, 0);
	struct guard_report r = look(n, true);
	unlink(n);
	n->in_quarantine = 1;
	n->freed = site;
	link_last(&waiting, n);
	restore(n, 0, (int64_t)n->size);
	blocks_waiting++;
	bytes_waiting += n->size;
	while (blocks_waiting > GUARD_QUARANTINE_BLOCKS || bytes_waiting > GUARD_QUARANTINE_BYTES)
		if (!oldest_leaves())
			break;
	return r;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	if (!books_right())
		return leak;
	for (struct link *l = in_use.next; l != &in_use; l = l->next) {
		struct guard_site s = note_of(l)->allocated;
		bool first = true;
		uint64_t count = 0, bytes = 0;
		for (struct link *k = in_use.next; k != &in_use; k = k->next)
			if (note_of(k)->allocated.file == s.file && note_of(k)->allocated.line == s.line) {
				if (count == 0 && k != l) {
					first = false;
					break;
				}
				count++;
				bytes += note_of(k)->size;
			}
		if (first && index-- == 0)
			return (struct guard_leak){ s, count, bytes };
	}
	return leak;
}
