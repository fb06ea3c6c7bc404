#include "memory/collections.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

#define VEC_FIRST_CAPACITY 4

/* The block of all items; its size cannot overflow, for the block exists. */
static struct layout vec_layout(const struct vec *vec)
{
	return (struct layout){ vec->capacity * vec->item.size,
				vec->item.align };
}

/* Copy the items to a block of twice the room; the old block stays in use. */
static bool vec_grow(struct vec *vec)
{
	size_t capacity = VEC_FIRST_CAPACITY, size;
	void *items;

	if (vec->capacity > SIZE_MAX / 2)
		return false;
	if (vec->capacity)
		capacity = 2 * vec->capacity;
	if (__builtin_mul_overflow(capacity, vec->item.size, &size))
		return false;
	items = alloc((struct layout){ size, vec->item.align });
	if (!items)
		return false;
	if (vec->length)
		memcpy(items, vec->items, vec->length * vec->item.size);
	vec->items = items;
	vec->capacity = capacity;
	return true;
}

static void *vec_slot(const struct vec *vec, size_t index)
{
	return (char *)vec->items + index * vec->item.size;
}

bool vec_push(struct vec *vec, const void *item)
{
	struct vec old = *vec;
	bool full = vec->length == vec->capacity;

	if (full && !vec_grow(vec))
		return false;
	memcpy(vec_slot(vec, vec->length), item, vec->item.size);
	vec->length++;
	/* Only now: the item may lie in the old block. */
	if (full)
		vec_free(&old);
	return true;
}

void *vec_item(const struct vec *vec, size_t index, size_t item_size)
{
	require(index < vec->length, "item %zu of a vector of %zu", index,
		vec->length);
	require(item_size == vec->item.size,
		"item of %zu bytes in a vector of items of %zu", item_size,
		vec->item.size);
	return vec_slot(vec, index);
}

void vec_free(struct vec *vec)
{
	if (vec->items)
		dealloc(vec->items, vec_layout(vec));
	vec->items = NULL;
	vec->length = 0;
	vec->capacity = 0;
}

/*
 * The block of a counted value, and where in it the value lies:
 *
 *   +-------+--------------+---------+-----------+
 *   | count | value layout | padding |   value   |
 *   +-------+--------------+---------+-----------+
 *   0                                 rc_offset(value.align)
 *
 * The block has the stricter alignment of the two, so the value has its own.
 */
static size_t rc_offset(size_t align)
{
	return align_up(sizeof(struct rc), align);
}

static struct layout rc_layout(struct layout value)
{
	return (struct layout){
		rc_offset(value.align) + value.size,
		value.align > _Alignof(struct rc) ? value.align :
						    _Alignof(struct rc),
	};
}

struct rc *rc_new(const void *value, struct layout layout)
{
	struct rc *rc;

	layout_check(layout);
	if (layout.size > SIZE_MAX - rc_offset(layout.align))
		return NULL;
	rc = alloc(rc_layout(layout));
	if (!rc)
		return NULL;
	rc->count = 1;
	rc->value = layout;
	memcpy(rc_value(rc), value, layout.size);
	return rc;
}

void *rc_value(struct rc *rc)
{
	return (char *)rc + rc_offset(rc->value.align);
}

struct rc *rc_retain(struct rc *rc)
{
	require(rc->count, "retain of a value without an owner");
	rc->count++;
	return rc;
}

void rc_release(struct rc *rc)
{
	require(rc->count, "release of a value without an owner");
	rc->count--;
	if (rc->count == 0)
		dealloc(rc, rc_layout(rc->value));
}
