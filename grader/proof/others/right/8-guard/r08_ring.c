// Design: list of blocks in use (notes before the block); the quarantine is a static ring of 32 notes, with a queue of those that wait for a place in it while a damaged one holds it up
// Right: order in ring and queue is the order of the frees; whoever does not fit waits behind, as the oldest may not leave; guard_leak is a double loop, within GUARD_COST up to some 600 to 1200 blocks of different sites at -O2
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

struct note {
	struct note *next; /* in use: of the list; else of the queue */
	uint64_t size, align;
	struct guard_site a, f;
	uint64_t freed;
	uint64_t sum;
};

static struct note *used, *queue, *queue_end;
static struct note *ring[GUARD_QUARANTINE_BLOCKS];
static unsigned ring_at, ring_count;
static uint64_t all_count, all_bytes;

static uint64_t digest(const struct note *n)
{
	uint32_t c = ~0u, d = (uint32_t)(uintptr_t)n;
	const unsigned char *p = (const unsigned char *)n;
	for (size_t i = 0; i < offsetof(struct note, sum); i++) {
		c = (c ^ p[i]) * 16777619u;
		d = (d + p[i]) * 0x85ebca6bu ^ (d >> 15);
	}
	return (uint64_t)c << 32 | d;
}

static void sign(struct note *n) { n->sum = digest(n); }
static bool chain_ok(const struct note *n)
{
	for (; n; n = n->next)
		if (n->sum != digest(n))
			return false;
	return true;
}

static struct note **place(unsigned i)
{
	return &ring[(ring_at + i) % GUARD_QUARANTINE_BLOCKS];
}

static bool ok(void)
{
	for (unsigned i = 0; i < ring_count; i++)
		if ((*place(i))->sum != digest(*place(i)))
			return false;
	return chain_ok(used) && chain_ok(queue);
}

static unsigned char *user(const struct note *n) { return (unsigned char *)n + sizeof *n + GUARD_ZONE; }

static struct guard_report say(const struct note *n, enum guard_finding w, int64_t o)
{
	struct guard_report r = { .what = w, .block = user(n), .offset = o };
	r.layout.size = n->size;
	r.layout.align = n->align;
	r.allocated = n->a;
	r.freed = n->f;
	return r;
}

static int part(const struct note *n, int64_t from, int64_t to, int byte, bool mend, int64_t *where)
{
	for (int64_t i = from; i < to; i++)
		if (user(n)[i] != byte) {
			*where = i;
			for (int64_t k = from; mend && k < to; k++)
				user(n)[k] = (unsigned char)byte;
			return 1;
		}
	return 0;
}

static struct guard_report look(const struct note *n, bool mend)
{
	int64_t at, z = (int64_t)n->size;
	if (part(n, -GUARD_ZONE, 0, 0xaa, mend, &at))
		return say(n, GUARD_UNDERFLOW, at);
	if (n->freed && part(n, 0, z, GUARD_FREED, mend, &at))
		return say(n, GUARD_USE_AFTER_FREE, at);
	if (part(n, z, z + GUARD_ZONE, 0x55, mend, &at))
		return say(n, GUARD_OVERFLOW, at);
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static size_t front(size_t align) { return align_up(sizeof(struct note) + GUARD_ZONE, align); }
static size_t coarse(size_t align) { return align < 16 ? 16 : align; }

static void fill_ring(void)
{
	while (ring_count < GUARD_QUARANTINE_BLOCKS && queue) {
		struct note *n = queue;
		queue = n->next;
		n->next = NULL;
		sign(n);
		*place(ring_count++) = n;
	}
}

static bool pop(void)
{
	if (ring_count == 0 || look(*place(0), false).what != GUARD_NOTHING)
		return false;
	struct note *n = *place(0);
	ring_at = (ring_at + 1) % GUARD_QUARANTINE_BLOCKS;
	ring_count--;
	all_count--;
	all_bytes -= n->size;
	fill_ring();
	size_t f = front(n->align), a = coarse(n->align), size = n->size;
	dealloc(user(n) - f, (struct layout){ f + size + GUARD_ZONE, a });
	return true;
}

static void push(struct note *n)
{
	n->next = NULL;
	sign(n);
	if (queue) {
		queue_end->next = n;
		sign(queue_end);
	} else {
		queue = n;
	}
	queue_end = n;
	all_count++;
	all_bytes += n->size;
	fill_ring();
}

void guard_init(void *start, size_t size)
{
	used = queue = queue_end = NULL;
	ring_at = ring_count = 0;
	all_count = all_bytes = 0;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool trust = ok();
	size_t f = front(layout.align), size = layout.size + f + GUARD_ZONE;
	bool never = size < layout.size || layout.size > SIZE_MAX - f - GUARD_ZONE;
	unsigned char *base = NULL;
	while (never || !(base = alloc((struct layout){ size, coarse(layout.align) })))
		if (!trust || !pop())
			return NULL;
	struct note *n = (struct note *)(void *)(base + f - GUARD_ZONE - sizeof(struct note));
	*n = (struct note){ used, layout.size, layout.align, site, { NULL, 0 }, 0, 0 };
	sign(n);
	used = n;
	memset(user(n) - GUARD_ZONE, 0xaa, GUARD_ZONE);
	memset(user(n), GUARD_FRESH, layout.size);
	memset(user(n) + layout.size, 0x55, GUARD_ZONE);
	return user(n);
}

struct guard_report guard_check(void)
{
	struct guard_report r = { .what = GUARD_BOOKS };
	if (!ok())
		return r;
	for (unsigned i = 0; i < ring_count; i++)
		if ((r = look(*place(i), true)).what != GUARD_NOTHING)
			return r;
	for (struct note *n = queue; n; n = n->next)
		if ((r = look(n, true)).what != GUARD_NOTHING)
			return r;
	for (struct note *n = used; n; n = n->next)
		if ((r = look(n, true)).what != GUARD_NOTHING)
			return r;
	r.what = GUARD_NOTHING;
	return r;
}

static bool within(const struct note *n, const void *p, int64_t *offset)
{
	uintptr_t d = (uintptr_t)p - (uintptr_t)user(n);
	*offset = (int64_t)d;
	return d == 0 || d < n->size;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	int64_t o;
	if (!ok())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (unsigned i = 0; i < ring_count; i++)
		if (within(*place(i), block, &o))
			return say(*place(i), o ? GUARD_INTERIOR_FREE : GUARD_DOUBLE_FREE, o);
	for (struct note *n = queue; n; n = n->next)
		if (within(n, block, &o))
			return say(n, o ? GUARD_INTERIOR_FREE : GUARD_DOUBLE_FREE, o);
	struct note *prev = NULL, *n = used;
	while (n && !within(n, block, &o))
		prev = n, n = n->next;
	if (!n)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED, .block = block };
	if (o)
		return say(n, GUARD_INTERIOR_FREE, o);
	if (n->size != layout.size || n->align != layout.align)
		return say(n, GUARD_OTHER_LAYOUT, 0);
	struct guard_report r = look(n, true);
	if (prev) {
		prev->next = n->next;
		sign(prev);
	} else {
		used = n->next;
	}
	n->f = site;
	n->freed = 1;
	memset(block, GUARD_FREED, n->size);
	push(n);
	while (all_count > GUARD_QUARANTINE_BLOCKS || all_bytes > GUARD_QUARANTINE_BYTES)
		if (!pop())
			break;
	return r;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	if (!ok())
		return leak;
	for (struct note *n = used; n; n = n->next) {
		struct note *e = used;
		while (e->a.file != n->a.file || e->a.line != n->a.line)
			e = e->next;
		if (e != n)
			continue;
		if (index--)
			continue;
		for (; e; e = e->next)
			if (e->a.file == n->a.file && e->a.line == n->a.line)
				leak.count += 1, leak.bytes += e->size;
		leak.site = n->a;
		break;
	}
	return leak;
}
