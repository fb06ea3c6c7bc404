// Design: block from alloc_zeroed; counts an owner before it asks whether there is one, and panics then
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

typedef unsigned char byte;

static void copy_item(const struct vec_core *v, byte *to, const byte *from)
{
	for (size_t i = 0; i < v->layout.size; i++)
		to[i] = from[i];
}

static byte *at(const struct vec_core *v, size_t i)
{
	return (byte *)v->items + i * v->layout.size;
}

static bool grow(struct vec_core *v, size_t capacity, size_t least)
{
	if (capacity < least)
		return grow(v, least, 0);
	if (capacity > SIZE_MAX / v->layout.size)
		return false;

	struct layout l = { capacity * v->layout.size, v->layout.align };
	byte *items;

	if (v->items == NULL) {
		items = alloc(l);
	} else {
		struct layout old = { v->capacity * v->layout.size, v->layout.align };
		items = alloc_resized(v->items, old, l.size);
	}
	if (items == NULL)
		return false;
	v->items = items;
	v->capacity = capacity;
	return true;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	size_t needed = vec->length + more;

	if (needed < more)
		return false;
	if (needed <= vec->capacity)
		return true;
	if (vec->capacity + vec->capacity < vec->capacity)
		return false;
	return grow(vec, vec->capacity + vec->capacity, needed > 4 ? needed : 4);
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	require(index < vec->length, "vec-5");
	return at(vec, index);
}

static size_t index_of(const struct vec_core *v, const void *item)
{
	for (size_t i = 0; i < v->length; i++)
		if (at(v, i) == item)
			return i;
	return SIZE_MAX;
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	size_t own = index_of(vec, item);

	require(index <= vec->length, "vec-5");
	if (!vec_core_reserve(vec, 1))
		return false;
	for (size_t i = vec->length; i > index; i--)
		copy_item(vec, at(vec, i), at(vec, i - 1));
	vec->length++;
	if (own == SIZE_MAX)
		copy_item(vec, at(vec, index), item);
	else
		copy_item(vec, at(vec, index), at(vec, own < index ? own : own + 1));
	return true;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	/* Only a push that moves the items needs to know which one it is. */
	if (vec->length == vec->capacity)
		return vec_core_insert(vec, vec->length, item);
	copy_item(vec, at(vec, vec->length++), item);
	return true;
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (!vec->length)
		return false;
	vec->length--;
	if (item)
		copy_item(vec, item, at(vec, vec->length));
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	require(index < vec->length, "vec-5");
	if (item)
		copy_item(vec, item, at(vec, index));
	for (size_t i = index + 1; i < vec->length; i++)
		copy_item(vec, at(vec, i - 1), at(vec, i));
	vec->length--;
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->items != NULL)
		dealloc(vec->items, (struct layout){ vec->capacity * vec->layout.size,
						     vec->layout.align });
	vec->items = NULL;
	vec->length = 0;
	vec->capacity = 0;
}

/* A counted block is cleared first, so that a value of NULL is all zeroes. */
static size_t ahead(struct layout value)
{
	return align_up(sizeof(struct rc), value.align);
}

static struct layout of_block(struct layout value)
{
	value.size += ahead(value);
	if (value.align < _Alignof(struct rc))
		value.align = _Alignof(struct rc);
	return value;
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	layout_check(layout);
	if (layout.size + ahead(layout) < layout.size)
		return NULL;

	unsigned char *block = alloc_zeroed(of_block(layout));

	if (block == NULL)
		return NULL;
	struct rc *rc = rc_of(block + ahead(layout));
	rc->strong++;
	rc->value = layout;
	if (value != NULL)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
}

struct rc *rc_core_retain(struct rc *rc)
{
	if (rc->strong++ == 0) {
		panic("nobody owns %p", rc_value(rc));
	}
	return rc;
}

static void gone(struct rc *rc)
{
	if (rc->strong + rc->weak == 0)
		dealloc((unsigned char *)rc_value(rc) - ahead(rc->value), of_block(rc->value));
}

void rc_core_release(struct rc *rc)
{
	if (rc->strong == 0)
		panic("nobody owns %p", rc_value(rc));
	rc->strong--;
	gone(rc);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	if (rc->strong == 0)
		panic("nobody owns %p", rc_value(rc));
	rc->weak++;
	return rc;
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	if (rc->strong == 0)
		return NULL;
	return rc_core_retain(rc);
}

void rc_core_release_weak(struct rc *rc)
{
	if (rc->weak == 0)
		panic("no weak reference to %p", rc_value(rc));
	rc->weak--;
	gone(rc);
}
