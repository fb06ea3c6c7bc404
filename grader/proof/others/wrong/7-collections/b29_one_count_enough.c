// Design: counts through a table
// Breaks: "The last one frees the block if there is no owner any more." (kernel/collections/rc.h): the block is freed when the count that was counted down is 0, whatever the other is
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static bool room_for(struct vec_core *v, size_t n)
{
	const size_t s = v->layout.size;
	size_t want = v->capacity, need, bytes;
	struct layout l = v->layout;
	void *p;

	if (n <= v->capacity - v->length)
		return true;
	if (__builtin_add_overflow(v->length, n, &need) ||
	    __builtin_add_overflow(want, want, &want))
		return false;
	want = want > 4 ? want : 4;
	want = want > need ? want : need;
	if (__builtin_mul_overflow(want, s, &bytes))
		return false;
	l.size = bytes;
	if (v->capacity == 0) {
		p = alloc(l);
	} else {
		l.size = v->capacity * s;
		p = alloc_resized(v->items, l, bytes);
	}
	if (p == NULL)
		return false;
	v->items = p;
	v->capacity = want;
	return true;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	return room_for(vec, more);
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	if (index >= vec->length)
		panic("no item %zu", index);
	return (char *)vec->items + index * vec->layout.size;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	const size_t bytes = vec->length * vec->layout.size;
	const uintptr_t distance = (uintptr_t)item - (uintptr_t)vec->items;
	const bool is_own = distance < bytes;
	char *items;

	if (!room_for(vec, 1))
		return false;
	items = vec->items;
	memcpy(items + bytes, is_own ? items + distance : item, vec->layout.size);
	vec->length++;
	return true;
}

static void reverse(char *from, char *to)
{
	while (from < to) {
		char c = *from;
		*from++ = *--to;
		*to = c;
	}
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	char *gap, *last, *end;

	if (index > vec->length)
		panic("no place %zu", index);
	if (!vec_core_push(vec, item))
		return false;
	gap = (char *)vec->items + index * vec->layout.size;
	end = (char *)vec->items + vec->length * vec->layout.size;
	last = end - vec->layout.size;
	reverse(gap, last);
	reverse(last, end);
	reverse(gap, end);
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *gap = vec_core_item(vec, index);
	char *end = (char *)vec->items + vec->length * vec->layout.size;
	char *next = gap + vec->layout.size;

	/* rotate it behind the last one, and pop it */
	reverse(gap, next);
	reverse(next, end);
	reverse(gap, end);
	vec_core_pop(vec, item);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length == 0)
		return false;
	vec->length--;
	if (item)
		memcpy(item, (char *)vec->items + vec->length * vec->layout.size,
		       vec->layout.size);
	return true;
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->capacity)
		dealloc(vec->items, (struct layout){ vec->capacity * vec->layout.size,
						     vec->layout.align });
	*vec = (struct vec_core){ NULL, 0, 0, vec->layout };
}

struct counter {
	size_t offset;
	const char *name;
};

static const struct counter counters[] = {
	{ offsetof(struct rc, strong), "owner" },
	{ offsetof(struct rc, weak), "weak reference" },
};

static size_t *counter_of(struct rc *rc, int kind)
{
	return (size_t *)(void *)((char *)rc + counters[kind].offset);
}

static size_t header_size(size_t align)
{
	size_t size = align;

	while (size < sizeof(struct rc))
		size *= 2;	/* 32 is a power of two as well */
	return size;
}

static bool block_of(struct layout value, struct layout *block)
{
	block->align = value.align;
	if (block->align < _Alignof(struct rc))
		block->align = _Alignof(struct rc);
	return !__builtin_add_overflow(header_size(value.align), value.size, &block->size);
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	struct layout block;
	char *memory;
	struct rc *rc;

	layout_check(layout);
	if (!block_of(layout, &block))
		return NULL;
	memory = alloc(block);
	if (!memory)
		return NULL;
	rc = rc_of(memory + header_size(layout.align));
	*counter_of(rc, 0) = 1;
	*counter_of(rc, 1) = 0;
	rc->value = layout;
	if (value)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
}

static struct rc *up(struct rc *rc, int kind)
{
	if (*counter_of(rc, 0) == 0)
		panic("one more %s of a dead value", counters[kind].name);
	++*counter_of(rc, kind);
	return rc;
}

static void down(struct rc *rc, int kind)
{
	struct layout block;
	size_t sum = 0;

	if (*counter_of(rc, kind) == 0)
		panic("there is no %s", counters[kind].name);
	--*counter_of(rc, kind);
	sum = *counter_of(rc, kind) + (kind == 0 ? rc->weak : 0);
	if (sum)
		return;
	block_of(rc->value, &block);
	dealloc((char *)rc_value(rc) - header_size(rc->value.align), block);
}

struct rc *rc_core_retain(struct rc *rc)
{
	return up(rc, 0);
}

void rc_core_release(struct rc *rc)
{
	down(rc, 0);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	return up(rc, 1);
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	return rc->strong ? up(rc, 0) : NULL;
}

void rc_core_release_weak(struct rc *rc)
{
	down(rc, 1);
}
