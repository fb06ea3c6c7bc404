// Design: a table of its own: chunk k is a block of the allocator below with 2^k entries; a freed entry is filled with the last one, an empty last chunk goes back
// Right: at most 2n-1 entries for n blocks, so within the memory bound on the average; entries are summed with their address before use
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

struct entry {
	uint64_t address;
	uint64_t size;
	uint64_t align;
	struct guard_site from;
	struct guard_site to;
	uint64_t freed; /* when; 0: in use */
	uint64_t lead; /* the one of its site that guard_leak goes by */
	uint64_t proof;
};

#define CHUNKS 48
static struct entry *chunk[CHUNKS];
static uint64_t entries, chunks, clock_of_frees;

static struct layout chunk_layout(uint64_t k)
{
	return (struct layout){ sizeof(struct entry) << k, 16 };
}

static struct entry *entry(uint64_t i)
{
	uint64_t k = 63 - (uint64_t)__builtin_clzll(i + 1);
	return &chunk[k][i + 1 - (1ull << k)];
}

static uint64_t proof(const struct entry *e)
{
	const uint64_t *w = (const uint64_t *)e;
	uint64_t h = (uintptr_t)e * 3 + 1;
	for (int i = 0; i < 9; i++)
		h = (h + w[i]) * 0xd6e8feb86659fd93 + (h >> 31);
	return h ^ h >> 29 ^ h >> 41; /* or the top bit of the last word is lost on h alone */
}

/* Among those in use of a site one leads. */
static void appoint(struct guard_site s)
{
	struct entry *one = NULL;
	for (uint64_t i = 0; i < entries; i++) {
		struct entry *e = entry(i);
		if (e->freed || e->from.file != s.file || e->from.line != s.line)
			continue;
		if (e->lead)
			return;
		one = one ? one : e;
	}
	if (one) {
		one->lead = 1;
		one->proof = proof(one);
	}
}

static bool late; /* some were taken while entries were wrong */

static bool sound(void)
{
	for (uint64_t i = 0; i < entries; i++)
		if (entry(i)->proof != proof(entry(i)))
			return false;
	for (uint64_t i = 0; i < entries && late; i++)
		appoint(entry(i)->from);
	late = false;
	return true;
}

/* Front and rear zones hold bytes that depend on where they are in the zone. */
static unsigned char zone_byte(int64_t k) { return (unsigned char)(0xb0 + (k & 7)); }

static int64_t lowest_wrong(const struct entry *e)
{
	const unsigned char *b = (const unsigned char *)(uintptr_t)e->address;
	int64_t size = (int64_t)e->size;
	for (int64_t k = -GUARD_ZONE; k < 0; k++)
		if (b[k] != zone_byte(k))
			return k;
	if (e->freed)
		for (int64_t k = 0; k < size; k++)
			if (b[k] != GUARD_FREED)
				return k;
	for (int64_t k = 0; k < GUARD_ZONE; k++)
		if (b[size + k] != zone_byte(k))
			return size + k;
	return INT64_MAX;
}

static void draw_zone(unsigned char *at, int64_t from)
{
	for (int64_t k = 0; k < GUARD_ZONE; k++)
		at[k] = zone_byte(from + k);
}

static struct guard_report report(enum guard_finding what, const struct entry *e, int64_t offset)
{
	struct guard_report r;
	r.what = what;
	r.block = (void *)(uintptr_t)e->address;
	r.layout = (struct layout){ e->size, e->align };
	r.offset = offset;
	r.allocated = e->from;
	r.freed = e->to;
	return r;
}

static struct guard_report only(enum guard_finding what, void *p)
{
	return (struct guard_report){ what, p, { 0, 0 }, 0, { NULL, 0 }, { NULL, 0 } };
}

static struct guard_report mend(const struct entry *e)
{
	int64_t k = lowest_wrong(e);
	unsigned char *b = (unsigned char *)(uintptr_t)e->address;
	if (k == INT64_MAX)
		return only(GUARD_NOTHING, NULL);
	if (k < 0) {
		draw_zone(b - GUARD_ZONE, -GUARD_ZONE);
		return report(GUARD_UNDERFLOW, e, k);
	}
	if (k >= (int64_t)e->size) {
		draw_zone(b + e->size, 0);
		return report(GUARD_OVERFLOW, e, k);
	}
	memset(b, GUARD_FREED, e->size);
	return report(GUARD_USE_AFTER_FREE, e, k);
}

static bool below(struct layout l, size_t *front, struct layout *all)
{
	*front = l.align > GUARD_ZONE ? l.align : GUARD_ZONE;
	*all = (struct layout){ 0, l.align };
	return !__builtin_add_overflow(l.size, *front, &all->size) &&
	       !__builtin_add_overflow(all->size, (size_t)GUARD_ZONE, &all->size);
}

static bool make_room_in_table(void)
{
	if (entries + 1 < (1ull << chunks))
		return true;
	chunk[chunks] = alloc(chunk_layout(chunks));
	if (!chunk[chunks])
		return false;
	chunks++;
	return true;
}

static void trim_table(void)
{
	while (chunks > 0 && entries + 1 <= (1ull << (chunks - 1)))
		chunks--, dealloc(chunk[chunks], chunk_layout(chunks));
}

static bool evict(void)
{
	uint64_t old = entries;
	for (uint64_t i = 0; i < entries; i++)
		if (entry(i)->freed && (old == entries || entry(i)->freed < entry(old)->freed))
			old = i;
	if (old == entries || lowest_wrong(entry(old)) != INT64_MAX)
		return false;
	struct entry gone = *entry(old);
	size_t front;
	struct layout all;
	below((struct layout){ gone.size, gone.align }, &front, &all);
	entries--;
	*entry(old) = *entry(entries);
	entry(old)->proof = proof(entry(old));
	trim_table();
	dealloc((unsigned char *)(uintptr_t)gone.address - front, all);
	return true;
}

void guard_init(void *start, size_t size)
{
	entries = chunks = clock_of_frees = 0;
	late = false;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool ok = sound();
	size_t front;
	struct layout all;
	bool possible = below(layout, &front, &all);
	for (;;) {
		if (possible) {
			unsigned char *base = alloc(all);
			if (base && make_room_in_table()) {
				struct entry *e = entry(entries++);
				*e = (struct entry){ (uintptr_t)base + front, layout.size,
						     layout.align, site, { NULL, 0 }, 0, 0, 0 };
				e->proof = proof(e);
				late = late || !ok;
				if (ok)
					appoint(site);
				draw_zone(base + front - GUARD_ZONE, -GUARD_ZONE);
				memset(base + front, GUARD_FRESH, layout.size);
				draw_zone(base + front + layout.size, 0);
				return base + front;
			}
			if (base)
				dealloc(base, all);
		}
		if (!ok || !evict())
			return NULL;
	}
}

struct guard_report guard_check(void)
{
	if (!sound())
		return only(GUARD_BOOKS, NULL);
	for (uint64_t i = 0; i < entries; i++)
		if (lowest_wrong(entry(i)) != INT64_MAX)
			return mend(entry(i));
	return only(GUARD_NOTHING, NULL);
}

static bool quarantine_full(void)
{
	uint64_t n = 0, bytes = 0;
	for (uint64_t i = 0; i < entries; i++)
		if (entry(i)->freed) {
			n++;
			bytes += entry(i)->size;
		}
	return n > GUARD_QUARANTINE_BLOCKS || bytes > GUARD_QUARANTINE_BYTES;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (!sound())
		return only(GUARD_BOOKS, NULL);
	uint64_t p = (uintptr_t)block;
	for (uint64_t i = 0; i < entries; i++) {
		struct entry *e = entry(i);
		if (p != e->address) {
			if (p > e->address && p < e->address + e->size)
				return report(GUARD_INTERIOR_FREE, e, (int64_t)(p - e->address));
			continue;
		}
		if (e->freed)
			return report(GUARD_DOUBLE_FREE, e, 0);
		if (layout.size != e->size || layout.align != e->align)
			return report(GUARD_OTHER_LAYOUT, e, 0);
		struct guard_report r = mend(e);
		memset(block, GUARD_FREED, e->size);
		e->to = site;
		e->freed = ++clock_of_frees;
		bool led = e->lead;
		e->lead = 0;
		e->proof = proof(e);
		if (led)
			appoint(e->from);
		while (quarantine_full() && evict())
			;
		return r;
	}
	return only(GUARD_NEVER_ALLOCATED, block);
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	if (!sound())
		return leak;
	for (uint64_t i = 0; i < entries; i++) {
		struct entry *e = entry(i);
		if (e->freed || !e->lead)
			continue;
		if (index-- > 0)
			continue;
		leak.site = e->from;
		for (uint64_t j = 0; j < entries; j++)
			if (!entry(j)->freed && entry(j)->from.file == e->from.file &&
			    entry(j)->from.line == e->from.line) {
				leak.count++;
				leak.bytes += entry(j)->size;
			}
		return leak;
	}
	return leak;
}
