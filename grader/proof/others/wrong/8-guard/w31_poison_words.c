// Design: hash buckets by address, masked links
// Breaks: "every byte of it becomes GUARD_FREED" (guard.h) -- only whole words are poisoned and watched: the last size % 8 bytes are neither
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define BUCKETS 64
#define KEY 0xa5c3f00dbeef1235ull

struct note {
	uint64_t masked_next;
	uint64_t block;
	uint64_t size;
	uint64_t align;
	struct guard_site where[2]; /* taken, freed */
	uint64_t number; /* of the free */
	uint64_t lead; /* this one stands for all in use of its site */
	uint64_t sum;
};

static struct note *bucket[BUCKETS];
static uint64_t frees;

static unsigned hash(uintptr_t p) { return (unsigned)((p >> 4 ^ p >> 10 ^ p) % BUCKETS); }
static struct note *next(const struct note *n) { return (struct note *)(uintptr_t)(n->masked_next ^ KEY); }
static void set_next(struct note *n, struct note *to) { n->masked_next = (uintptr_t)to ^ KEY; }

static uint64_t checksum(const struct note *n)
{
	const uint64_t *w = &n->masked_next;
	uint64_t lo = (uintptr_t)n, hi = 0x2127599bf4325c37;
	for (unsigned i = 0; i < 10; i++) {
		lo = (lo + w[i]) * 0x880355f21e6d1965;
		hi = (hi ^ lo >> 23) * 0x2127599bf4325c37;
	}
	return lo ^ hi;
}

static void late_leaders(void);
static bool unled; /* blocks were taken while the books were wrong */

static bool books(void)
{
	for (unsigned i = 0; i < BUCKETS; i++)
		for (struct note *n = bucket[i]; n; n = next(n))
			if (checksum(n) != n->sum)
				return false;
	if (unled)
		late_leaders();
	return true;
}

/* Walk: the note after n, or the first one. */
static struct note *walk(struct note *n)
{
	unsigned i = 0;
	if (n) {
		i = hash(n->block) + 1;
		if (next(n))
			return next(n);
	}
	for (; i < BUCKETS; i++)
		if (bucket[i])
			return bucket[i];
	return NULL;
}

static unsigned char *mem(const struct note *n, int64_t offset)
{
	return (unsigned char *)(uintptr_t)(n->block + (uint64_t)offset);
}

/* Let the first in use of a site stand for it, if none but `but` does. */
static void choose_leader(struct guard_site s, const struct note *but)
{
	struct note *one = NULL;
	for (struct note *n = walk(NULL); n; n = walk(n)) {
		if (n == but || n->number || n->where[0].file != s.file || n->where[0].line != s.line)
			continue;
		if (n->lead)
			return;
		one = n;
	}
	if (one) {
		one->lead = 1;
		one->sum = checksum(one);
	}
}

static void late_leaders(void)
{
	unled = false;
	for (struct note *n = walk(NULL); n; n = walk(n))
		if (!n->number)
			choose_leader(n->where[0], NULL);
}

/* Word-wise would be faster; this is the plain way. */
static int64_t scan(const struct note *n, int64_t from, int64_t to, unsigned char c)
{
	while (from < to && *mem(n, from) == c)
		from++;
	return from;
}

static struct guard_report look(const struct note *n, bool mend)
{
	struct guard_report r = { GUARD_NOTHING, mem(n, 0), { n->size, n->align }, 0,
				  n->where[0], n->where[1] };
	int64_t s = (int64_t)n->size;
	if ((r.offset = scan(n, -GUARD_ZONE, 0, 0x1b)) < 0) {
		r.what = GUARD_UNDERFLOW;
		if (mend)
			memset(mem(n, -GUARD_ZONE), 0x1b, GUARD_ZONE);
	} else if (n->number && (r.offset = scan(n, 0, s & ~7ll, GUARD_FREED)) < (s & ~7ll)) {
		r.what = GUARD_USE_AFTER_FREE;
		if (mend)
			memset(mem(n, 0), GUARD_FREED, n->size & ~7ull);
	} else if ((r.offset = scan(n, s, s + GUARD_ZONE, 0x1c)) < s + GUARD_ZONE) {
		r.what = GUARD_OVERFLOW;
		if (mend)
			memset(mem(n, s), 0x1c, GUARD_ZONE);
	}
	return r;
}

static size_t lead(size_t align) { return align_up(sizeof(struct note) + GUARD_ZONE, align); }
static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static bool release_oldest(void)
{
	struct note *o = NULL;
	for (struct note *n = walk(NULL); n; n = walk(n))
		if (n->number && (!o || n->number < o->number))
			o = n;
	if (!o || look(o, false).what != GUARD_NOTHING)
		return false;
	unsigned h = hash(o->block);
	if (bucket[h] == o) {
		bucket[h] = next(o);
	} else {
		struct note *p = bucket[h];
		while (next(p) != o)
			p = next(p);
		set_next(p, next(o));
		p->sum = checksum(p);
	}
	size_t l = lead(o->align);
	dealloc(mem(o, -(int64_t)l), (struct layout){ l + o->size + GUARD_ZONE, larger(o->align, 8) });
	return true;
}

void guard_init(void *start, size_t size)
{
	for (unsigned i = 0; i < BUCKETS; i++)
		bucket[i] = NULL;
	frees = 0;
	unled = false;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool good = books();
	size_t l = lead(layout.align), total;
	bool over = __builtin_add_overflow(l + GUARD_ZONE, layout.size, &total);
	unsigned char *base = NULL;
	for (;;) {
		if (!over)
			base = alloc((struct layout){ total, larger(layout.align, 8) });
		if (base)
			break;
		if (!good || !release_oldest())
			return NULL;
	}
	struct note *n = (struct note *)(void *)(base + l - GUARD_ZONE - sizeof *n);
	n->block = (uintptr_t)base + l;
	n->size = layout.size;
	n->align = layout.align;
	n->where[0] = site;
	n->where[1] = (struct guard_site){ 0, 0 };
	n->number = n->lead = 0;
	set_next(n, bucket[hash(n->block)]);
	bucket[hash(n->block)] = n;
	n->sum = checksum(n);
	if (good)
		choose_leader(site, NULL);
	else
		unled = true;
	memset(mem(n, -GUARD_ZONE), 0x1b, GUARD_ZONE);
	memset(mem(n, (int64_t)n->size), 0x1c, GUARD_ZONE);
	return memset(mem(n, 0), GUARD_FRESH, n->size);
}

struct guard_report guard_check(void)
{
	if (!books())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (struct note *n = walk(NULL); n; n = walk(n)) {
		struct guard_report r = look(n, true);
		if (r.what != GUARD_NOTHING)
			return r;
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static struct guard_report refuse(const struct note *n, enum guard_finding why, uint64_t offset)
{
	return (struct guard_report){ why, mem(n, 0), { n->size, n->align }, (int64_t)offset,
				      n->where[0], n->where[1] };
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	uint64_t p = (uintptr_t)block;
	if (!books())
		return (struct guard_report){ .what = GUARD_BOOKS };
	struct note *n = bucket[hash(p)];
	while (n && n->block != p)
		n = next(n);
	if (!n) {
		for (n = walk(NULL); n; n = walk(n))
			if (p > n->block && p - n->block < n->size)
				return refuse(n, GUARD_INTERIOR_FREE, p - n->block);
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	}
	if (n->number)
		return refuse(n, GUARD_DOUBLE_FREE, 0);
	if (n->size != layout.size || n->align != layout.align)
		return refuse(n, GUARD_OTHER_LAYOUT, 0);
	struct guard_report r = look(n, true);
	memset(block, GUARD_FREED, n->size & ~7ull);
	n->where[1] = site;
	n->number = ++frees;
	if (n->lead) {
		n->lead = 0;
		choose_leader(n->where[0], n);
	}
	n->sum = checksum(n);
	for (;;) {
		uint64_t c = 0, b = 0;
		for (n = walk(NULL); n; n = walk(n)) {
			c += n->number != 0;
			b += n->number ? n->size : 0;
		}
		if ((c <= GUARD_QUARANTINE_BLOCKS && b <= GUARD_QUARANTINE_BYTES) || !release_oldest())
			return r;
	}
}

struct guard_leak guard_leak(size_t index)
{
	if (!books())
		return (struct guard_leak){ .count = 0 };
	for (struct note *n = walk(NULL); n; n = walk(n)) {
		struct guard_leak l = { n->where[0], 0, 0 };
		if (n->number || !n->lead || index-- != 0)
			continue;
		for (struct note *m = walk(NULL); m; m = walk(m)) {
			if (m->number || m->where[0].file != l.site.file || m->where[0].line != l.site.line)
				continue;
			l.count++;
			l.bytes += m->size;
		}
		return l;
	}
	return (struct guard_leak){ .count = 0 };
}
