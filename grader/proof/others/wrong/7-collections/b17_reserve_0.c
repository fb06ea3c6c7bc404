// Design: 128-bit sums
// Breaks: "A vector without that room grows" (kernel/collections/vec.h, vec_core_reserve; items is NULL exactly when capacity is 0): a full vector grows although no more is asked for, an empty one, too
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static struct layout all(const struct vec_core *v, size_t n)
{
	return (struct layout){ .size = n * v->layout.size, .align = v->layout.align };
}

bool vec_core_reserve(struct vec_core *v, size_t more)
{
	unsigned __int128 need = (unsigned __int128)v->length + more;
	unsigned __int128 cap = (unsigned __int128)v->capacity * 2;
	void *items;

	if (need < v->capacity)
		return true;
	if (cap < 4)
		cap = 4;
	if (cap < need)
		cap = need;
	if (cap > SIZE_MAX || cap * v->layout.size > SIZE_MAX)
		return false;
	items = v->capacity ? alloc_resized(v->items, all(v, v->capacity),
					    (size_t)cap * v->layout.size) :
			      alloc(all(v, (size_t)cap));
	if (!items)
		return false;
	v->items = items;
	v->capacity = (size_t)cap;
	return true;
}

void *vec_core_item(const struct vec_core *v, size_t i)
{
	if (i >= v->length)
		panic("vector: %zu >= %zu", i, v->length);
	return (uint8_t *)v->items + i * v->layout.size;
}

bool vec_core_push(struct vec_core *v, const void *item)
{
	size_t size = v->layout.size;
	uintptr_t off = (uintptr_t)item - (uintptr_t)v->items;

	if (v->length == v->capacity) {
		bool own = v->length && off / size < v->length;

		if (!vec_core_reserve(v, 1))
			return false;
		if (own)
			item = (uint8_t *)v->items + off;
	}
	memmove((uint8_t *)v->items + v->length * size, item, size);
	v->length++;
	return true;
}

bool vec_core_insert(struct vec_core *v, size_t index, const void *item)
{
	size_t size = v->layout.size;

	if (index > v->length)
		panic("vector: %zu > %zu", index, v->length);
	if (!vec_core_push(v, item))
		return false;
	/* Bubble the last one down, a column of bytes at a time. */
	for (size_t b = 0; b < size; b++) {
		uint8_t *column = (uint8_t *)v->items + b;
		uint8_t last = column[(v->length - 1) * size];

		for (size_t i = v->length - 1; i > index; i--)
			column[i * size] = column[(i - 1) * size];
		column[index * size] = last;
	}
	return true;
}

void vec_core_remove(struct vec_core *v, size_t index, void *item)
{
	uint8_t *p = vec_core_item(v, index);
	uint8_t *end = (uint8_t *)v->items + v->length * v->layout.size;

	if (item)
		memcpy(item, p, v->layout.size);
	for (; p + v->layout.size < end; p++)
		*p = p[v->layout.size];
	v->length--;
}

bool vec_core_pop(struct vec_core *v, void *item)
{
	if (v->length == 0)
		return false;
	vec_core_remove(v, v->length - 1, item);
	return true;
}

void vec_core_free(struct vec_core *v)
{
	if (v->capacity != 0)
		dealloc(v->items, all(v, v->capacity));
	v->items = NULL;
	v->length = v->capacity = 0;
}

enum which { STRONG, WEAK };

static size_t *count(struct rc *rc, enum which which)
{
	return which == STRONG ? &rc->strong : &rc->weak;
}

static size_t front(size_t align)
{
	/* the multiples of a power of two: the first one from 32 on */
	return sizeof(struct rc) > align ? sizeof(struct rc) : align;
}

static void take(struct rc *rc, enum which which, size_t owners)
{
	if (owners == 0)
		panic("the value at %p has no owner", rc_value(rc));
	*count(rc, which) += 1;
}

static void drop(struct rc *rc, enum which which)
{
	const enum which other = which == STRONG ? WEAK : STRONG;
	size_t *mine = count(rc, which);

	if (*mine == 0)
		panic("%s reference too many dropped", which == STRONG ? "an owner's" : "a weak");
	*mine -= 1;
	if (*mine == 0 && *count(rc, other) == 0) {
		const size_t before = front(rc->value.align);
		const struct layout block = {
			.size = before + rc->value.size,
			.align = rc->value.align < 8 ? 8 : rc->value.align,
		};
		dealloc((char *)rc + sizeof(*rc) - before, block);
	}
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	layout_check(layout);

	const size_t before = front(layout.align);
	const struct layout block = { before + layout.size,
				      layout.align < 8 ? 8 : layout.align };

	if (block.size < before)
		return NULL;	/* the sum began again at 0 */

	char *memory = alloc(block);

	if (memory == NULL)
		return NULL;

	struct rc *rc = (struct rc *)(memory + before - sizeof(struct rc));

	memset(rc, 0, sizeof(*rc));
	rc->value = layout;
	*count(rc, STRONG) = 1;
	if (value != NULL)
		memmove(rc_value(rc), value, layout.size);
	return rc;
}

struct rc *rc_core_retain(struct rc *rc) { take(rc, STRONG, rc->strong); return rc; }
struct rc *rc_core_downgrade(struct rc *rc) { take(rc, WEAK, rc->strong); return rc; }
void rc_core_release(struct rc *rc) { drop(rc, STRONG); }
void rc_core_release_weak(struct rc *rc) { drop(rc, WEAK); }

struct rc *rc_core_upgrade(struct rc *rc)
{
	if (rc->strong == 0)
		return NULL;
	take(rc, STRONG, rc->strong);
	return rc;
}
