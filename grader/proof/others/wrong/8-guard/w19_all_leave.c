// Design: aligns by itself, note at the start of the block below
// Breaks: "blocks leave the quarantine, the oldest first, until there is room or none is left" (guard.h) -- for one request that finds no room all leave
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

enum state { IN_USE = 0x05e, LEADER = 0x1ead, IN_QUARANTINE = 0x9a };

struct note {
	struct note *older; /* taken before this one */
	unsigned char *block;
	struct layout layout;
	struct guard_site allocated, freed;
	uint64_t state, freed_as;
	uint64_t sum;
};

static struct books {
	struct note *last;
	uint64_t notes, waiting, waiting_bytes, frees;
} books;

static const struct guard_report NOTHING = { .what = GUARD_NOTHING };
static const struct guard_report BOOKS = { .what = GUARD_BOOKS };

static uint64_t sum_of(const struct note *n)
{
	uint64_t w[] = { (uintptr_t)n, (uintptr_t)n->older, (uintptr_t)n->block, n->layout.size,
			 n->layout.align, (uintptr_t)n->allocated.file, n->allocated.line,
			 (uintptr_t)n->freed.file, n->freed.line, n->state, n->freed_as };
	uint64_t sum = 0;
	for (size_t i = 0; i < sizeof w / sizeof w[0]; i++) {
		sum = (sum + w[i]) * 6364136223846793005ull + 1442695040888963407ull;
		sum ^= sum >> 29; /* else the top bits of two words cancel */
	}
	return sum ^ sum >> 32;
}

static bool waits(const struct note *n) { return n->state == IN_QUARANTINE; }
static void close_note(struct note *n) { n->sum = sum_of(n); }

static void lead_again(void);
static bool leaderless; /* blocks were taken while the books were damaged */

static bool audit(void)
{
	struct books found = { books.last, 0, 0, 0, books.frees };
	for (const struct note *n = books.last; n; n = n->older) {
		if (n->sum != sum_of(n))
			return false;
		found.notes++;
		if (waits(n)) {
			found.waiting++;
			found.waiting_bytes += n->layout.size;
		}
	}
	if (memcmp(&found, &books, sizeof books) != 0)
		return false;
	if (leaderless)
		lead_again();
	return true;
}

struct watch {
	unsigned char *from;
	uint64_t length;
	unsigned char byte;
	enum guard_finding finding;
};

static void watches(const struct note *n, struct watch w[3])
{
	w[0] = (struct watch){ n->block - GUARD_ZONE, GUARD_ZONE, 0xf1, GUARD_UNDERFLOW };
	w[1] = (struct watch){ n->block, waits(n) ? n->layout.size : 0, GUARD_FREED,
			       GUARD_USE_AFTER_FREE };
	w[2] = (struct watch){ n->block + n->layout.size, GUARD_ZONE, 0xf3, GUARD_OVERFLOW };
}

static struct guard_report report(const struct note *n, enum guard_finding what, int64_t offset)
{
	return (struct guard_report){ .what = what, .block = n->block, .layout = n->layout,
				      .offset = offset, .allocated = n->allocated,
				      .freed = n->freed };
}

static struct guard_report watch_over(const struct note *n, bool mend)
{
	struct watch w[3];
	watches(n, w);
	for (struct watch *x = w; x < w + 3; x++)
		for (uint64_t i = 0; i < x->length; i++)
			if (x->from[i] != x->byte) {
				if (mend)
					memset(x->from, x->byte, x->length);
				return report(n, x->finding, x->from + i - n->block);
			}
	return NOTHING;
}

static bool same_site(const struct note *a, const struct note *b)
{
	return a->allocated.file == b->allocated.file && a->allocated.line == b->allocated.line;
}

/* Rare and slow: after the books were damaged and are right again. */
static void lead_again(void)
{
	leaderless = false;
	for (struct note *n = books.last; n; n = n->older) {
		if (waits(n))
			continue;
		n->state = LEADER;
		for (struct note *o = n->older; o; o = o->older)
			if (!waits(o) && same_site(o, n))
				n->state = IN_USE;
		close_note(n);
	}
}

static bool total_of(struct layout l, struct layout *below)
{
	size_t around = sizeof(struct note) + 2 * GUARD_ZONE;
	below->align = 16;
	below->size = l.size + around;
	if (below->size < l.size)
		return false;
	if (l.align > 1 && below->size > SIZE_MAX - (l.align - 1))
		return false;
	below->size += l.align - 1;
	return true;
}

static bool let_go(void)
{
	struct note *oldest = NULL, *newer = NULL, *last = NULL;
	for (struct note *n = books.last; n; last = n, n = n->older)
		if (waits(n) && (!oldest || n->freed_as < oldest->freed_as)) {
			oldest = n;
			newer = last;
		}
	if (!oldest || watch_over(oldest, false).what != GUARD_NOTHING)
		return false;
	if (newer) {
		newer->older = oldest->older;
		close_note(newer);
	} else {
		books.last = oldest->older;
	}
	books.notes--;
	books.waiting--;
	books.waiting_bytes -= oldest->layout.size;
	struct layout below;
	(void)total_of(oldest->layout, &below);
	dealloc(oldest, below);
	return true;
}

void guard_init(void *start, size_t size)
{
	books = (struct books){ NULL, 0, 0, 0, 0 };
	leaderless = false;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool sound = audit();
	struct layout below;
	struct note *n = NULL;
	bool possible = total_of(layout, &below);
	do {
		if (possible)
			n = alloc(below);
		if (n == NULL && sound && let_go()) {
			while (let_go())
				;
			continue;
		}
		break;
	} while (true);
	if (n == NULL)
		return NULL;
	n->older = books.last;
	n->block = (unsigned char *)align_up((uintptr_t)(n + 1) + GUARD_ZONE, layout.align);
	n->layout = layout;
	n->allocated = site;
	n->freed = (struct guard_site){ NULL, 0 };
	n->freed_as = 0;
	n->state = LEADER;
	if (!sound)
		leaderless = true;
	for (struct note *o = sound ? books.last : NULL; o; o = o->older)
		if (o->state == LEADER && same_site(o, n))
			n->state = IN_USE;
	close_note(n);
	books.last = n;
	books.notes++;
	struct watch w[3];
	watches(n, w);
	memset(w[0].from, w[0].byte, w[0].length);
	memset(w[2].from, w[2].byte, w[2].length);
	return memset(n->block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	if (!audit())
		return BOOKS;
	struct guard_report r = NOTHING;
	for (struct note *n = books.last; n && r.what == GUARD_NOTHING; n = n->older)
		r = watch_over(n, true);
	return r;
}

static void hand_over(struct note *from)
{
	for (struct note *n = books.last; n; n = n->older)
		if (n != from && !waits(n) && same_site(n, from)) {
			n->state = LEADER;
			close_note(n);
			return;
		}
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (!audit())
		return BOOKS;
	struct note *n = books.last;
	for (; n; n = n->older) {
		uintptr_t distance = (uintptr_t)block - (uintptr_t)n->block;
		if (distance == 0)
			break;
		if (distance < n->layout.size)
			return report(n, GUARD_INTERIOR_FREE, (int64_t)distance);
	}
	if (!n)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	if (waits(n))
		return report(n, GUARD_DOUBLE_FREE, 0);
	if (memcmp(&n->layout, &layout, sizeof layout) != 0)
		return report(n, GUARD_OTHER_LAYOUT, 0);
	struct guard_report r = watch_over(n, true);
	if (n->state == LEADER)
		hand_over(n);
	n->state = IN_QUARANTINE;
	n->freed = site;
	n->freed_as = ++books.frees;
	close_note(n);
	memset(n->block, GUARD_FREED, n->layout.size);
	books.waiting++;
	books.waiting_bytes += n->layout.size;
	while (books.waiting > GUARD_QUARANTINE_BLOCKS || books.waiting_bytes > GUARD_QUARANTINE_BYTES)
		if (!let_go())
			break;
	return r;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	if (!audit())
		return leak;
	for (struct note *n = books.last; n; n = n->older) {
		if (n->state != LEADER || index-- > 0)
			continue;
		leak.site = n->allocated;
		for (struct note *m = books.last; m; m = m->older)
			if (!waits(m) && same_site(m, n)) {
				leak.count++;
				leak.bytes += m->layout.size;
			}
		break;
	}
	return leak;
}
