// Design: rotation
// Breaks: "Append a copy of *item, which may be an item of the same vector" (kernel/collections/vec.h): the pointer into the old block is used after the items moved
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
	char *items;

	if (!room_for(vec, 1))
		return false;
	items = vec->items;
	memcpy(items + bytes, item, vec->layout.size);
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

/* Padding in front of struct rc: none up to an align of 32, then align - 32. */
static size_t padding(size_t align)
{
	return align > sizeof(struct rc) ? align - sizeof(struct rc) : 0;
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	struct layout block = layout;
	unsigned char *memory;
	struct rc *rc;

	layout_check(layout);
	if (__builtin_add_overflow(layout.size, padding(layout.align) + sizeof(struct rc), &block.size))
		return NULL;
	if (block.align < _Alignof(struct rc))
		block.align = _Alignof(struct rc);
	memory = alloc(block);
	if (memory == NULL)
		return NULL;
	rc = (struct rc *)(memory + padding(layout.align));
	rc->strong = 1;
	rc->weak = 0;
	rc->value = layout;
	if (value != NULL && layout.size != 0)
		memcpy(rc + 1, value, layout.size);
	return rc;
}

static void destroy(struct rc *rc)
{
	struct layout value = rc->value;
	size_t align = value.align < 8 ? 8 : value.align;

	dealloc((unsigned char *)rc - padding(value.align),
		(struct layout){ value.size + sizeof(struct rc) + padding(value.align), align });
}

struct rc *rc_core_retain(struct rc *rc)
{
	if (rc->strong == 0)
		panic("retain of a value without an owner");
	++rc->strong;
	return rc;
}

void rc_core_release(struct rc *rc)
{
	if (rc->strong == 0)
		panic("release of a value without an owner");
	if (--rc->strong == 0 && rc->weak == 0)
		destroy(rc);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	if (rc->strong == 0)
		panic("downgrade of a value without an owner");
	++rc->weak;
	return rc;
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	return rc->strong == 0 ? NULL : rc_core_retain(rc);
}

void rc_core_release_weak(struct rc *rc)
{
	if (rc->weak == 0)
		panic("no weak reference");
	if (--rc->weak == 0 && rc->strong == 0)
		destroy(rc);
}
