// Design: the handout's
// Breaks: "Panics through layout_check." (kernel/collections/rc.h): the size is refused first; a bad align with a size near SIZE_MAX gives NULL
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static struct layout items_layout(const struct vec_core *vec)
{
	return (struct layout){ vec->capacity * vec->layout.size, vec->layout.align };
}

static bool move_to(struct vec_core *vec, size_t capacity)
{
	size_t bytes;
	void *items;

	if (__builtin_mul_overflow(capacity, vec->layout.size, &bytes))
		return false;
	if (vec->items)
		items = alloc_resized(vec->items, items_layout(vec), bytes);
	else
		items = alloc((struct layout){ bytes, vec->layout.align });
	if (!items)
		return false;
	vec->items = items;
	vec->capacity = capacity;
	return true;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	size_t needed, capacity;

	if (__builtin_add_overflow(vec->length, more, &needed))
		return false;
	if (needed <= vec->capacity)
		return true;
	if (__builtin_mul_overflow(vec->capacity, 2, &capacity))
		return false;
	if (capacity < 4)
		capacity = 4;
	if (capacity < needed)
		capacity = needed;
	return move_to(vec, capacity);
}

static char *slot(const struct vec_core *vec, size_t index)
{
	return (char *)vec->items + index * vec->layout.size;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	require(index < vec->length, "index %zu of %zu items", index, vec->length);
	return slot(vec, index);
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->items)
		dealloc(vec->items, items_layout(vec));
	vec->items = NULL;
	vec->length = vec->capacity = 0;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return vec_core_insert(vec, vec->length, item);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length == 0)
		return false;
	vec_core_remove(vec, vec->length - 1, item);
	return true;
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	size_t size = vec->layout.size;
	uintptr_t inside = (uintptr_t)item - (uintptr_t)vec->items;
	bool own = vec->items && inside < vec->length * size;

	require(index <= vec->length, "insert at %zu of %zu items", index, vec->length);
	if (!vec_core_reserve(vec, 1))
		return false;
	memmove(slot(vec, index + 1), slot(vec, index), (vec->length - index) * size);
	if (own) {
		if (inside >= index * size)
			inside += size;
		item = (char *)vec->items + inside;
	}
	memcpy(slot(vec, index), item, size);
	vec->length++;
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *place = vec_core_item(vec, index);
	size_t size = vec->layout.size;

	if (item)
		memcpy(item, place, size);
	memmove(place, place + size, (vec->length - index - 1) * size);
	vec->length--;
}

static size_t value_offset(size_t align)
{
	return align_up(sizeof(struct rc), align);
}

static struct layout block_layout(struct layout value)
{
	return (struct layout){ value_offset(value.align) + value.size,
				value.align > _Alignof(struct rc) ?
					value.align : _Alignof(struct rc) };
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	if (layout.size > SIZE_MAX - value_offset(layout.align))
		return NULL;
	layout_check(layout);

	char *block = alloc(block_layout(layout));

	if (!block)
		return NULL;

	struct rc *rc = rc_of(block + value_offset(layout.align));

	*rc = (struct rc){ 1, 0, layout };
	if (value)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
}

static void free_if_forgotten(struct rc *rc)
{
	if (rc->strong == 0 && rc->weak == 0)
		dealloc((char *)rc_value(rc) - value_offset(rc->value.align),
			block_layout(rc->value));
}

struct rc *rc_core_retain(struct rc *rc)
{
	require(rc->strong, "no owner");
	rc->strong++;
	return rc;
}

void rc_core_release(struct rc *rc)
{
	require(rc->strong, "no owner");
	rc->strong--;
	free_if_forgotten(rc);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	require(rc->strong, "no owner");
	rc->weak++;
	return rc;
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	if (!rc->strong)
		return NULL;
	rc->strong++;
	return rc;
}

void rc_core_release_weak(struct rc *rc)
{
	require(rc->weak, "no weak reference");
	rc->weak--;
	free_if_forgotten(rc);
}
