// Design: the note is a second block of the allocator below
// Breaks: "NULL when the allocator below has no room" (guard.h; guard-20: what left can be had again) -- where the note finds no room, the block already taken below is not given back and is lost
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

enum { FRONT = 0x5e, REAR = 0xe5 };

struct card {
	struct card *link;
	unsigned char *base; /* of the block below */
	unsigned char *user;
	size_t size;
	size_t align;
	struct guard_site taken, given;
	uint64_t turn;
	uint64_t check;
};

#define CARD ((struct layout){ sizeof(struct card), _Alignof(struct card) })

static struct card *head;
static uint64_t turn;
static uint64_t waiting_blocks, waiting_bytes;

static uint64_t check_of(const struct card *c)
{
	const unsigned char *b = (const unsigned char *)c;
	uint64_t h = 0xcbf29ce484222325 ^ (uintptr_t)c;
	for (size_t i = 0; i < offsetof(struct card, check); i++)
		h = (h ^ b[i]) * 0x100000001b3;
	return h;
}

static bool trusted(void)
{
	for (const struct card *c = head; c != NULL; c = c->link)
		if (check_of(c) != c->check)
			return false;
	return true;
}

/* Where the lowest wrong byte is; false if there is none. */
static bool wrong_at(const struct card *c, int64_t *at)
{
	int64_t end = (int64_t)c->size + GUARD_ZONE;
	for (int64_t i = -GUARD_ZONE; i < end; i++) {
		unsigned char must = i < 0 ? FRONT : i < (int64_t)c->size ? GUARD_FREED : REAR;
		if (i >= 0 && i < (int64_t)c->size && c->turn == 0)
			i = (int64_t)c->size, must = REAR;
		if (c->user[i] != must) {
			*at = i;
			return true;
		}
	}
	return false;
}

static struct guard_report tell(const struct card *c, enum guard_finding what, int64_t at)
{
	struct guard_report r = { .what = what, .block = c->user, .offset = at };
	r.layout.size = c->size;
	r.layout.align = c->align;
	r.allocated = c->taken;
	r.freed = c->given;
	return r;
}

static struct guard_report nothing(void)
{
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static struct guard_report inspect(const struct card *c)
{
	int64_t at;
	if (!wrong_at(c, &at))
		return nothing();
	if (at < 0) {
		memset(c->user - GUARD_ZONE, FRONT, GUARD_ZONE);
		return tell(c, GUARD_UNDERFLOW, at);
	}
	if (at < (int64_t)c->size) {
		memset(c->user, GUARD_FREED, c->size);
		return tell(c, GUARD_USE_AFTER_FREE, at);
	}
	memset(c->user + c->size, REAR, GUARD_ZONE);
	return tell(c, GUARD_OVERFLOW, at);
}

static struct layout below(size_t size, size_t align)
{
	return (struct layout){ align_up(GUARD_ZONE, align) + size + GUARD_ZONE, align };
}

static bool oldest_leaves(void)
{
	struct card **where = NULL, *before_old = NULL, *before = NULL;
	for (struct card **p = &head; *p; before = *p, p = &(*p)->link)
		if ((*p)->turn && (!where || (*p)->turn < (*where)->turn))
			where = p, before_old = before;
	int64_t at;
	if (!where || wrong_at(*where, &at))
		return false;
	struct card *c = *where;
	*where = c->link;
	if (before_old)
		before_old->check = check_of(before_old);
	waiting_blocks--;
	waiting_bytes -= c->size;
	dealloc(c->base, below(c->size, c->align));
	dealloc(c, CARD);
	return true;
}

static struct card *both(struct layout layout)
{
	size_t front = align_up(GUARD_ZONE, layout.align);
	if (layout.size > SIZE_MAX - GUARD_ZONE - front)
		return NULL;
	unsigned char *base = alloc(below(layout.size, layout.align));
	if (!base)
		return NULL;
	struct card *c = alloc(CARD);
	if (!c)
		return NULL;
	memset(c, 0, sizeof *c);
	c->base = base;
	c->user = base + front;
	c->size = layout.size;
	c->align = layout.align;
	return c;
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	head = NULL;
	turn = waiting_blocks = waiting_bytes = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	bool may_leave = trusted();
	struct card *c;
	do
		c = both(layout);
	while (!c && may_leave && oldest_leaves());
	if (!c)
		return NULL;
	c->taken = site;
	c->link = head;
	c->check = check_of(c);
	head = c;
	memset(c->user - GUARD_ZONE, FRONT, GUARD_ZONE);
	memset(c->user, GUARD_FRESH, c->size);
	memset(c->user + c->size, REAR, GUARD_ZONE);
	return c->user;
}

struct guard_report guard_check(void)
{
	struct guard_report r = nothing();
	if (!trusted()) {
		r.what = GUARD_BOOKS;
		return r;
	}
	for (struct card *c = head; c && r.what == GUARD_NOTHING; c = c->link)
		r = inspect(c);
	return r;
}

struct guard_report guard_dealloc(void *block, struct layout layout, struct guard_site site)
{
	struct guard_report r = nothing();
	if (!trusted()) {
		r.what = GUARD_BOOKS;
		return r;
	}
	struct card *c = head;
	while (c && c->user != block)
		c = c->link;
	if (!c) {
		for (c = head; c; c = c->link) {
			uintptr_t in = (uintptr_t)block - (uintptr_t)c->user;
			if (in < c->size)
				return tell(c, GUARD_INTERIOR_FREE, (int64_t)in);
		}
		r.what = GUARD_NEVER_ALLOCATED;
		r.block = block;
		return r;
	}
	if (c->turn)
		return tell(c, GUARD_DOUBLE_FREE, 0);
	if (c->size != layout.size || c->align != layout.align)
		return tell(c, GUARD_OTHER_LAYOUT, 0);
	r = inspect(c);
	memset(c->user, GUARD_FREED, c->size);
	c->turn = ++turn;
	c->given = site;
	c->check = check_of(c);
	waiting_blocks++;
	waiting_bytes += c->size;
	while (waiting_blocks > GUARD_QUARANTINE_BLOCKS ||
	       waiting_bytes > GUARD_QUARANTINE_BYTES)
		if (!oldest_leaves())
			break;
	return r;
}

static bool at_site(const struct card *c, struct guard_site s)
{
	return c->turn == 0 && c->taken.file == s.file && c->taken.line == s.line;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	if (!trusted())
		return leak;
	/* a site belongs to its last card in the list */
	for (struct card *c = head; c; c = c->link) {
		if (c->turn)
			continue;
		bool again = false;
		for (struct card *d = c->link; d && !again; d = d->link)
			again = at_site(d, c->taken);
		if (again || index--)
			continue;
		leak.site = c->taken;
		for (struct card *d = head; d; d = d->link)
			if (at_site(d, c->taken))
				leak.count++, leak.bytes += d->size;
		break;
	}
	return leak;
}
