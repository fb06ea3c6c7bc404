// Design: padding in closed form
// Breaks: "or NULL when the last owner has gone" (kernel/collections/rc.h, upgrade): asks whether there are weak references, and those there are
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

	if (need <= v->capacity)
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
	if (rc->weak == 0 && rc->strong == 0)
		return NULL;
	rc->strong++;
	return rc;
}

void rc_core_release_weak(struct rc *rc)
{
	if (rc->weak == 0)
		panic("no weak reference");
	if (--rc->weak == 0 && rc->strong == 0)
		destroy(rc);
}
