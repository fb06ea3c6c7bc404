// Design: each note twice in front of the front zone, the second scrambled (word * odd + salt of its place); no sum
// Right: a note is believed only if both copies agree; written alike, moved or exchanged words no longer agree; 200+32+32 bytes around a block and its align; guard_leak is a double loop, within GUARD_COST up to some 600 to 1200 blocks of different sites at -O2
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define WORDS 9
enum { NEXT, SIZE, ALIGN, FILE1, LINE1, FILE2, LINE2, AGE, USER };

struct twin {
	uint64_t plain[WORDS];
	uint64_t odd[WORDS];
};

#define AHEAD (sizeof(struct twin) + GUARD_ZONE)

static uint64_t newest; /* address of a twin, 0: none */
static uint64_t age;

static struct twin *at(uint64_t address) { return (struct twin *)(uintptr_t)address; }

static uint64_t scrambled(const struct twin *t, int i)
{
	uint64_t place = (uintptr_t)&t->plain[i];
	uint64_t v = (t->plain[i] ^ (place << 20)) * 0x2545f4914f6cdd1d + place;
	return v ^ v >> 32; /* the top bit alone would change alike in both copies */
}

static void put(struct twin *t, int i, uint64_t value)
{
	t->plain[i] = value;
	t->odd[i] = scrambled(t, i);
}

static bool agree(const struct twin *t)
{
	for (int i = 0; i < WORDS; i++)
		if (t->odd[i] != scrambled(t, i))
			return false;
	return true;
}

static bool all_agree(void)
{
	for (uint64_t t = newest; t != 0; t = at(t)->plain[NEXT])
		if (!agree(at(t)))
			return false;
	return true;
}

static const unsigned char pattern[GUARD_ZONE] = {
	0x91, 0x13, 0x57, 0x9b, 0xdf, 0x24, 0x68, 0xac, 0xe0, 0x91, 0x13, 0x57, 0x9b, 0xdf, 0x24,
	0x68, 0xac, 0xe0, 0x91, 0x13, 0x57, 0x9b, 0xdf, 0x24, 0x68, 0xac, 0xe0, 0x91, 0x13, 0x57,
	0x9b, 0xdf
};

static unsigned char *user(const struct twin *t)
{
	return (unsigned char *)(uintptr_t)t->plain[USER];
}

static struct guard_report say(const struct twin *t, enum guard_finding what, int64_t offset)
{
	const uint64_t *p = t->plain;
	return (struct guard_report){
		.what = what,
		.block = user(t),
		.layout = { p[SIZE], p[ALIGN] },
		.offset = offset,
		.allocated = { (const char *)(uintptr_t)p[FILE1], p[LINE1] },
		.freed = { (const char *)(uintptr_t)p[FILE2], p[LINE2] },
	};
}

static struct guard_report zone_report(const struct twin *t, int64_t begin,
				       enum guard_finding what, bool mend)
{
	unsigned char *z = user(t) + begin;
	if (memcmp(z, pattern, GUARD_ZONE) == 0)
		return (struct guard_report){ .what = GUARD_NOTHING };
	int64_t i = 0;
	while (z[i] == pattern[i])
		i++;
	if (mend)
		memcpy(z, pattern, GUARD_ZONE);
	return say(t, what, begin + i);
}

static struct guard_report inspect(const struct twin *t, bool mend)
{
	struct guard_report r = zone_report(t, -GUARD_ZONE, GUARD_UNDERFLOW, mend);
	if (r.what != GUARD_NOTHING)
		return r;
	if (t->plain[AGE] != 0)
		for (uint64_t i = 0; i < t->plain[SIZE]; i++)
			if (user(t)[i] != GUARD_FREED) {
				if (mend)
					memset(user(t), GUARD_FREED, t->plain[SIZE]);
				return say(t, GUARD_USE_AFTER_FREE, (int64_t)i);
			}
	return zone_report(t, (int64_t)t->plain[SIZE], GUARD_OVERFLOW, mend);
}

static struct layout whole(size_t size, size_t align)
{
	return (struct layout){ align_up(AHEAD, align) + size + GUARD_ZONE,
				align > 8 ? align : 8 };
}

static bool expel(void)
{
	uint64_t oldest = 0, before = 0, last = 0;
	for (uint64_t t = newest; t; last = t, t = at(t)->plain[NEXT])
		if (at(t)->plain[AGE] &&
		    (!oldest || at(t)->plain[AGE] < at(oldest)->plain[AGE])) {
			oldest = t;
			before = last;
		}
	if (!oldest || inspect(at(oldest), false).what != GUARD_NOTHING)
		return false;
	if (before)
		put(at(before), NEXT, at(oldest)->plain[NEXT]);
	else
		newest = at(oldest)->plain[NEXT];
	size_t align = at(oldest)->plain[ALIGN];
	dealloc(user(at(oldest)) - align_up(AHEAD, align), whole(at(oldest)->plain[SIZE], align));
	return true;
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	newest = 0;
	age = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool trusted = all_agree();
	size_t front = align_up(AHEAD, layout.align);
	void *base = NULL;
	do
		if (layout.size < SIZE_MAX - GUARD_ZONE - front)
			base = alloc(whole(layout.size, layout.align));
	while (!base && trusted && expel());
	if (!base)
		return NULL;
	unsigned char *block = (unsigned char *)base + front;
	struct twin *t = (struct twin *)(block - AHEAD);
	put(t, NEXT, newest);
	put(t, SIZE, layout.size);
	put(t, ALIGN, layout.align);
	put(t, FILE1, (uintptr_t)site.file);
	put(t, LINE1, site.line);
	put(t, FILE2, 0);
	put(t, LINE2, 0);
	put(t, AGE, 0);
	put(t, USER, (uintptr_t)block);
	newest = (uintptr_t)t;
	memcpy(block - GUARD_ZONE, pattern, GUARD_ZONE);
	memcpy(block + layout.size, pattern, GUARD_ZONE);
	return memset(block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	struct guard_report r = { .what = GUARD_BOOKS };
	if (!all_agree())
		return r;
	r.what = GUARD_NOTHING;
	for (uint64_t t = newest; t && r.what == GUARD_NOTHING; t = at(t)->plain[NEXT])
		r = inspect(at(t), true);
	return r;
}

static bool too_much(void)
{
	uint64_t blocks = 0, bytes = 0;
	for (uint64_t t = newest; t; t = at(t)->plain[NEXT])
		if (at(t)->plain[AGE])
			blocks++, bytes += at(t)->plain[SIZE];
	return blocks > GUARD_QUARANTINE_BLOCKS || bytes > GUARD_QUARANTINE_BYTES;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (!all_agree())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (uint64_t t = newest; t; t = at(t)->plain[NEXT]) {
		struct twin *w = at(t);
		uint64_t in = (uintptr_t)block - w->plain[USER];
		if (in != 0 && in >= w->plain[SIZE])
			continue;
		if (in != 0)
			return say(w, GUARD_INTERIOR_FREE, (int64_t)in);
		if (w->plain[AGE])
			return say(w, GUARD_DOUBLE_FREE, 0);
		if (layout.size != w->plain[SIZE] || layout.align != w->plain[ALIGN])
			return say(w, GUARD_OTHER_LAYOUT, 0);
		struct guard_report r = inspect(w, true);
		memset(block, GUARD_FREED, layout.size);
		put(w, FILE2, (uintptr_t)site.file);
		put(w, LINE2, site.line);
		put(w, AGE, ++age);
		while (too_much() && expel())
			;
		return r;
	}
	return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
}

static bool leaks_at(const struct twin *t, const struct twin *like)
{
	return t->plain[AGE] == 0 && t->plain[FILE1] == like->plain[FILE1] &&
	       t->plain[LINE1] == like->plain[LINE1];
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak none = { .count = 0 };
	if (!all_agree())
		return none;
	for (uint64_t t = newest; t; t = at(t)->plain[NEXT]) {
		uint64_t e = newest;
		if (at(t)->plain[AGE])
			continue;
		while (!leaks_at(at(e), at(t)))
			e = at(e)->plain[NEXT];
		if (e != t || index-- != 0)
			continue;
		for (; e; e = at(e)->plain[NEXT])
			if (leaks_at(at(e), at(t))) {
				none.count++;
				none.bytes += at(e)->plain[SIZE];
			}
		none.site = say(at(t), GUARD_NOTHING, 0).allocated;
		return none;
	}
	return none;
}
