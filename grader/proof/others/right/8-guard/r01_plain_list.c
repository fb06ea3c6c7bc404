// Design: notes before the block, one singly linked list, newest first; a serial number of the free orders the quarantine
// Right: every note is summed (with its own address) and compared before a link is followed; all calls work on the verified list; guard_leak is a double loop, within GUARD_COST up to some 600 to 1200 blocks of different sites at -O2
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

struct note {
	struct note *next;
	uint64_t size, align;
	struct guard_site allocated, freed;
	uint64_t serial; /* 0: in use */
	uint64_t sum;
};

static struct note *first;
static uint64_t serials;

static uint64_t sum_of(const struct note *n)
{
	uint64_t w[8] = { (uintptr_t)n->next, n->size, n->align,
			  (uintptr_t)n->allocated.file, n->allocated.line,
			  (uintptr_t)n->freed.file, n->freed.line, n->serial };
	uint64_t sum = (uintptr_t)n;
	for (int i = 0; i < 8; i++) {
		sum = (sum ^ w[i]) * 0x9e3779b97f4a7c15;
		sum ^= sum >> 29;
	}
	return sum;
}

static void seal(struct note *n) { n->sum = sum_of(n); }

static bool books_right(void)
{
	for (struct note *n = first; n; n = n->next)
		if (n->sum != sum_of(n))
			return false;
	return true;
}

static unsigned char *block_of(const struct note *n)
{
	return (unsigned char *)n + sizeof *n + GUARD_ZONE;
}

static size_t front_of(size_t align)
{
	return align_up(sizeof(struct note) + GUARD_ZONE, align);
}

static struct layout outer(const struct note *n)
{
	return (struct layout){ front_of(n->align) + n->size + GUARD_ZONE,
				n->align < 16 ? 16 : n->align };
}

struct stretch {
	unsigned char *at;
	size_t length;
	unsigned char holds;
	enum guard_finding means;
};

static struct stretch stretch_of(const struct note *n, int which)
{
	unsigned char *b = block_of(n);
	if (which == 0)
		return (struct stretch){ b - GUARD_ZONE, GUARD_ZONE, 0xfa, GUARD_UNDERFLOW };
	if (which == 1)
		return (struct stretch){ b, n->serial ? n->size : 0, GUARD_FREED,
					 GUARD_USE_AFTER_FREE };
	return (struct stretch){ b + n->size, GUARD_ZONE, 0xfb, GUARD_OVERFLOW };
}

static struct guard_report about(const struct note *n, enum guard_finding what,
				 int64_t offset)
{
	return (struct guard_report){ what, block_of(n), { n->size, n->align }, offset,
				      n->allocated, n->freed };
}

static struct guard_report look(const struct note *n, bool mend)
{
	for (int which = 0; which < 3; which++) {
		struct stretch s = stretch_of(n, which);
		for (size_t i = 0; i < s.length; i++) {
			if (s.at[i] == s.holds)
				continue;
			if (mend)
				memset(s.at, s.holds, s.length);
			return about(n, s.means, s.at + i - block_of(n));
		}
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* The oldest in quarantine leaves, if it may. */
static bool leave(void)
{
	struct note *old = NULL;
	for (struct note *n = first; n; n = n->next)
		if (n->serial && (!old || n->serial < old->serial))
			old = n;
	if (!old || look(old, false).what != GUARD_NOTHING)
		return false;
	if (first == old) {
		first = old->next;
	} else {
		struct note *p = first;
		while (p->next != old)
			p = p->next;
		p->next = old->next;
		seal(p);
	}
	struct layout l = outer(old);
	unsigned char *base = block_of(old) - front_of(old->align);
	dealloc(base, l);
	return true;
}

void guard_init(void *start, size_t size)
{
	first = NULL;
	serials = 0;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool right = books_right();
	size_t front = front_of(layout.align);
	bool fits = layout.size <= SIZE_MAX - front - GUARD_ZONE;
	struct layout want = { front + layout.size + GUARD_ZONE,
			       layout.align < 16 ? 16 : layout.align };
	unsigned char *base;
	while (!(base = fits ? alloc(want) : NULL))
		if (!right || !leave())
			return NULL;
	struct note *n = (struct note *)(base + front - GUARD_ZONE - sizeof *n);
	*n = (struct note){ first, layout.size, layout.align, site, { NULL, 0 }, 0, 0 };
	first = n;
	seal(n);
	for (int which = 0; which < 3; which++) {
		struct stretch s = stretch_of(n, which);
		memset(s.at, s.holds, s.length);
	}
	memset(block_of(n), GUARD_FRESH, layout.size);
	return block_of(n);
}

struct guard_report guard_check(void)
{
	if (!books_right())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (struct note *n = first; n; n = n->next) {
		struct guard_report r = look(n, true);
		if (r.what != GUARD_NOTHING)
			return r;
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	if (!books_right())
		return (struct guard_report){ .what = GUARD_BOOKS };
	uintptr_t p = (uintptr_t)block;
	struct note *n;
	for (n = first; n; n = n->next) {
		uintptr_t b = (uintptr_t)block_of(n);
		if (p == b)
			break;
		if (p > b && p - b < n->size)
			return about(n, GUARD_INTERIOR_FREE, (int64_t)(p - b));
	}
	if (!n)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	if (n->serial)
		return about(n, GUARD_DOUBLE_FREE, 0);
	if (n->size != layout.size || n->align != layout.align)
		return about(n, GUARD_OTHER_LAYOUT, 0);
	struct guard_report r = look(n, true);
	n->freed = site;
	n->serial = ++serials;
	seal(n);
	memset(block, GUARD_FREED, n->size);
	for (;;) {
		uint64_t blocks = 0, bytes = 0;
		for (n = first; n; n = n->next)
			if (n->serial)
				blocks++, bytes += n->size;
		if (blocks <= GUARD_QUARANTINE_BLOCKS && bytes <= GUARD_QUARANTINE_BYTES)
			return r;
		if (!leave())
			return r;
	}
}

static bool same(struct guard_site a, struct guard_site b)
{
	return a.file == b.file && a.line == b.line;
}

struct guard_leak guard_leak(size_t index)
{
	if (!books_right())
		return (struct guard_leak){ .count = 0 };
	for (struct note *n = first; n; n = n->next) {
		if (n->serial)
			continue;
		struct note *e = first; /* the first in use with this site? */
		while (e != n && (e->serial || !same(e->allocated, n->allocated)))
			e = e->next;
		if (e != n || index-- > 0)
			continue;
		struct guard_leak leak = { n->allocated, 0, 0 };
		for (; e; e = e->next)
			if (!e->serial && same(e->allocated, n->allocated))
				leak.count++, leak.bytes += e->size;
		return leak;
	}
	return (struct guard_leak){ .count = 0 };
}
