// Design: notes in a static array of 40; when that is full, further notes are small blocks of the allocator below, with sums; a free static slot is used first again
// Right: static slots cannot be reached from the heap; heap notes are summed with their address and reached only through verified notes; guard_leak is a double loop, within GUARD_COST up to some 600 to 1200 blocks of different sites at -O2
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define SLOTS 40

struct note {
	uintptr_t block; /* 0: slot unused */
	struct layout layout;
	struct guard_site taken, freed;
	uint64_t order;
	struct note *more; /* heap notes only */
	uint64_t sum;
};

static struct note slots[SLOTS];
static struct note *more;
static uint64_t order;

static uint64_t sum(const struct note *n)
{
	const uint64_t v[] = { n->block, n->layout.size, n->layout.align,
			       (uintptr_t)n->taken.file, n->taken.line, (uintptr_t)n->freed.file,
			       n->freed.line, n->order, (uintptr_t)n->more };
	uint64_t s = 0x123456789abcdef1 ^ (uintptr_t)n;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		s = ((s << 7 | s >> 57) + v[i]) * 0xff51afd7ed558ccd;
	return s ^ s >> 33;
}

static bool bad_books(void)
{
	for (struct note *n = more; n; n = n->more)
		if (n->sum != sum(n))
			return true;
	return false;
}

/* All notes, one after another; unused slots are passed over. */
static struct note *next(struct note *n)
{
	if (n == NULL || (n >= slots && n < slots + SLOTS)) {
		for (n = n ? n + 1 : slots; n < slots + SLOTS; n++)
			if (n->block)
				return n;
		return more;
	}
	return n->more;
}

#define EACH(n) (struct note *n = next(NULL); n; n = next(n))

static unsigned char *bytes(const struct note *n) { return (unsigned char *)n->block; }

static struct guard_report make(enum guard_finding f, const struct note *n, int64_t offset)
{
	return (struct guard_report){ f, bytes(n), n->layout, offset, n->taken, n->freed };
}

static struct guard_report plain(enum guard_finding f, void *p)
{
	return (struct guard_report){ .what = f, .block = p };
}

static bool span(const struct note *n, int64_t from, size_t length, int byte, bool mend, int64_t *at)
{
	for (size_t i = 0; i < length; i++)
		if (bytes(n)[from + (int64_t)i] != byte) {
			*at = from + (int64_t)i;
			if (mend)
				memset(bytes(n) + from, byte, length);
			return true;
		}
	return false;
}

static enum guard_finding examine(const struct note *n, bool mend, int64_t *at)
{
	if (span(n, -GUARD_ZONE, GUARD_ZONE, 0x77, mend, at))
		return GUARD_UNDERFLOW;
	if (n->order && span(n, 0, n->layout.size, GUARD_FREED, mend, at))
		return GUARD_USE_AFTER_FREE;
	if (span(n, (int64_t)n->layout.size, GUARD_ZONE, 0x88, mend, at))
		return GUARD_OVERFLOW;
	return GUARD_NOTHING;
}

static size_t front(size_t align) { return align_up(GUARD_ZONE, align); }

static struct note *new_note(void)
{
	for (struct note *n = slots; n < slots + SLOTS; n++)
		if (n->block == 0)
			return n;
	return alloc(LAYOUT_OF(struct note));
}

static void drop_note(struct note *n)
{
	if (n >= slots && n < slots + SLOTS) {
		n->block = 0;
		return;
	}
	struct note **link = &more, *owner = NULL;
	while (*link != n)
		owner = *link, link = &owner->more;
	*link = n->more;
	if (owner)
		owner->sum = sum(owner);
	dealloc(n, LAYOUT_OF(struct note));
}

static bool leave(void)
{
	struct note *o = NULL;
	int64_t at;
	for EACH(n)
		if (n->order && (o == NULL || n->order < o->order))
			o = n;
	if (o == NULL || examine(o, false, &at) != GUARD_NOTHING)
		return false;
	size_t f = front(o->layout.align);
	dealloc(bytes(o) - f, (struct layout){ f + o->layout.size + GUARD_ZONE, o->layout.align });
	drop_note(o);
	return true;
}

void guard_init(void *start, size_t size)
{
	memset(slots, 0, sizeof slots);
	more = NULL;
	order = 0;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool bad = bad_books();
	size_t f = front(layout.align), most = SIZE_MAX - GUARD_ZONE - f;
	for (;;) {
		struct note *n = layout.size > most ? NULL : new_note();
		if (n) {
			struct layout l = { f + layout.size + GUARD_ZONE, layout.align };
			unsigned char *base = alloc(l);
			bool slot = n >= slots && n < slots + SLOTS;
			if (base) {
				*n = (struct note){ .block = (uintptr_t)(base + f), .layout = layout, .taken = site };
				if (!slot) {
					n->more = more;
					more = n;
				}
				n->sum = sum(n);
				memset(base + f - GUARD_ZONE, 0x77, GUARD_ZONE);
				memset(base + f, GUARD_FRESH, layout.size);
				memset(base + f + layout.size, 0x88, GUARD_ZONE);
				return base + f;
			}
			if (!slot)
				dealloc(n, LAYOUT_OF(struct note));
		}
		if (bad || !leave())
			return NULL;
	}
}

struct guard_report guard_check(void)
{
	int64_t at;
	if (bad_books())
		return plain(GUARD_BOOKS, NULL);
	for EACH(n) {
		enum guard_finding f = examine(n, true, &at);
		if (f != GUARD_NOTHING)
			return make(f, n, at);
	}
	return plain(GUARD_NOTHING, NULL);
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (bad_books())
		return plain(GUARD_BOOKS, NULL);
	struct note *it = NULL;
	for EACH(n) {
		uintptr_t in = (uintptr_t)block - n->block;
		if (in == 0)
			it = n;
		else if (in < n->layout.size)
			return make(GUARD_INTERIOR_FREE, n, (int64_t)in);
	}
	if (!it)
		return plain(GUARD_NEVER_ALLOCATED, block);
	if (it->order)
		return make(GUARD_DOUBLE_FREE, it, 0);
	if (layout.size != it->layout.size || layout.align != it->layout.align)
		return make(GUARD_OTHER_LAYOUT, it, 0);
	int64_t at = 0;
	enum guard_finding f = examine(it, true, &at);
	struct guard_report r = f == GUARD_NOTHING ? plain(f, NULL) : make(f, it, at);
	it->order = ++order;
	it->freed = site;
	it->sum = sum(it);
	memset(block, GUARD_FREED, layout.size);
	do {
		uint64_t count = 0, total = 0;
		for EACH(n)
			if (n->order)
				count++, total += n->layout.size;
		if (count <= GUARD_QUARANTINE_BLOCKS && total <= GUARD_QUARANTINE_BYTES)
			break;
	} while (leave());
	return r;
}

static bool leaked(const struct note *n, struct guard_site s)
{
	return !n->order && n->taken.file == s.file && n->taken.line == s.line;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	if (bad_books())
		return leak;
	for EACH(n) {
		struct note *first = next(NULL);
		if (n->order)
			continue;
		while (!leaked(first, n->taken))
			first = next(first);
		if (first == n && index-- == 0) {
			leak.site = n->taken;
			for EACH(m)
				if (leaked(m, n->taken))
					leak.count++, leak.bytes += m->layout.size;
			return leak;
		}
	}
	return leak;
}
