// Design: one list sorted by site
// Breaks: "then whether that was freed before; then whether the layout is another" (guard.h) -- a block freed again with another layout is OTHER_LAYOUT
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
	uint64_t rank; /* of its free, from 1 */
	uint64_t sum;
};

#define FRONT(align) align_up(sizeof(struct note) + GUARD_ZONE, (align))

static struct note *sorted, *late;
static uint64_t ranks, held, held_bytes;

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0xc6a4a7935bd1e995;
	return h ^ h >> 47;
}

static uint64_t sum_of(const struct note *n)
{
	uint64_t h = mix(1, (uintptr_t)n);
	h = mix(h, (uintptr_t)n->next);
	h = mix(h, n->size);
	h = mix(h, n->align);
	h = mix(h, (uintptr_t)n->allocated.file);
	h = mix(h, n->allocated.line);
	h = mix(h, (uintptr_t)n->freed.file);
	h = mix(h, n->freed.line);
	return mix(h, n->rank);
}

static bool right(const struct note *n)
{
	while (n && n->sum == sum_of(n))
		n = n->next;
	return n == NULL;
}

static bool before(struct guard_site a, struct guard_site b)
{
	if (a.file != b.file)
		return (uintptr_t)a.file < (uintptr_t)b.file;
	return a.line < b.line;
}

static void insert(struct note *n)
{
	struct note *p = NULL, *q = sorted;
	while (q && before(q->allocated, n->allocated))
		p = q, q = q->next;
	n->next = q;
	n->sum = sum_of(n);
	if (p) {
		p->next = n;
		p->sum = sum_of(p);
	} else {
		sorted = n;
	}
}

/* Are the books right?  If so, nothing is late any more. */
static bool open_books(void)
{
	if (!right(sorted) || !right(late))
		return false;
	while (late) {
		struct note *n = late;
		late = n->next;
		insert(n);
	}
	return true;
}

static unsigned char *block_of(const struct note *n)
{
	return (unsigned char *)(n + 1) + GUARD_ZONE;
}

static struct guard_report about(const struct note *n, enum guard_finding what, int64_t offset)
{
	return (struct guard_report){ what, block_of(n), { n->size, n->align }, offset,
				      n->allocated, n->freed };
}

/* The first byte of [at, at + size) that is not `byte`, or size. */
static size_t differs(const unsigned char *at, unsigned char byte, size_t size)
{
	size_t i = 0;
	while (i < size && at[i] == byte)
		i++;
	return i;
}

static struct guard_report look(const struct note *n, bool mend)
{
	unsigned char *b = block_of(n), *from = b - GUARD_ZONE, byte = 0x3c;
	size_t length = GUARD_ZONE, i = differs(from, byte, length);
	enum guard_finding what = GUARD_UNDERFLOW;
	if (i == length && n->rank) {
		what = GUARD_USE_AFTER_FREE;
		from = b, byte = GUARD_FREED, length = n->size;
		i = differs(from, byte, length);
	}
	if (i == length) {
		what = GUARD_OVERFLOW;
		from = b + n->size, byte = 0x3c, length = GUARD_ZONE;
		i = differs(from, byte, length);
	}
	if (i == length)
		return (struct guard_report){ .what = GUARD_NOTHING };
	if (mend)
		memset(from, byte, length);
	return about(n, what, (from - b) + (int64_t)i);
}

static bool evict(void)
{
	struct note *oldest = NULL, *ahead = NULL;
	for (struct note *n = sorted, *p = NULL; n; p = n, n = n->next)
		if (n->rank && (!oldest || n->rank < oldest->rank))
			oldest = n, ahead = p;
	if (!oldest || look(oldest, false).what)
		return false;
	if (ahead) {
		ahead->next = oldest->next;
		ahead->sum = sum_of(ahead);
	} else {
		sorted = oldest->next;
	}
	held--;
	held_bytes -= oldest->size;
	size_t front = FRONT(oldest->align);
	struct layout l = { front + oldest->size + GUARD_ZONE, oldest->align < 8 ? 8 : oldest->align };
	dealloc(block_of(oldest) - front, l);
	return true;
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	sorted = late = NULL;
	ranks = held = held_bytes = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool open = open_books();
	size_t front = FRONT(layout.align), around = front + GUARD_ZONE;
	unsigned char *base = NULL;
	do {
		if (around >= front && layout.size <= SIZE_MAX - around)
			base = alloc((struct layout){ layout.size + around,
						      layout.align < 8 ? 8 : layout.align });
	} while (!base && open && evict());
	if (!base)
		return NULL;
	struct note *n = (struct note *)(base + front - GUARD_ZONE) - 1;
	n->size = layout.size;
	n->align = layout.align;
	n->allocated = site;
	n->freed = (struct guard_site){ NULL, 0 };
	n->rank = 0;
	memset(n + 1, 0x3c, GUARD_ZONE);
	memset(block_of(n), GUARD_FRESH, n->size);
	memset(block_of(n) + n->size, 0x3c, GUARD_ZONE);
	if (open) {
		insert(n);
	} else {
		n->next = late;
		n->sum = sum_of(n);
		late = n;
	}
	return block_of(n);
}

struct guard_report guard_check(void)
{
	struct guard_report r = { .what = GUARD_NOTHING };
	if (!open_books())
		r.what = GUARD_BOOKS;
	else
		for (struct note *n = sorted; n && r.what == GUARD_NOTHING; n = n->next)
			r = look(n, true);
	return r;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	if (!open_books())
		return (struct guard_report){ .what = GUARD_BOOKS };
	struct note *n = sorted;
	uintptr_t in = 0;
	for (; n; n = n->next) {
		in = (uintptr_t)block - (uintptr_t)block_of(n);
		if (in == 0 || in < n->size)
			break;
	}
	if (!n)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	if (in)
		return about(n, GUARD_INTERIOR_FREE, (int64_t)in);
	if (n->size != layout.size || n->align != layout.align)
		return about(n, GUARD_OTHER_LAYOUT, 0);
	if (n->rank)
		return about(n, GUARD_DOUBLE_FREE, 0);
	struct guard_report r = look(n, true);
	memset(block, GUARD_FREED, n->size);
	n->freed = site;
	n->rank = ++ranks;
	n->sum = sum_of(n);
	held++;
	held_bytes += n->size;
	while ((held > GUARD_QUARANTINE_BLOCKS || held_bytes > GUARD_QUARANTINE_BYTES) && evict())
		;
	return r;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	if (!open_books())
		return leak;
	uint64_t sites = 0;
	for (struct note *n = sorted; n; n = n->next) {
		if (n->rank)
			continue;
		bool fresh = sites == 0 || n->allocated.file != leak.site.file ||
			     n->allocated.line != leak.site.line;
		if (fresh && sites == index + 1 && index != SIZE_MAX)
			return leak;
		if (fresh) {
			sites++;
			leak = (struct guard_leak){ n->allocated, 0, 0 };
		}
		leak.count++;
		leak.bytes += n->size;
	}
	if (sites == index + 1 && sites != 0)
		return leak;
	return (struct guard_leak){ .count = 0 };
}
