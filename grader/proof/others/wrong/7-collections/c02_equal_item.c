// Design: an own item is recognised by its contents: the index of the first equal item is remembered
// Breaks: "Amortised constant time" (kernel/collections/vec.h, vec_core_push): every push compares with all items; what is put in is right
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"

static size_t first_equal(const struct vec_core *vec, const void *item)
{
	size_t i = 0;

	while (i < vec->length &&
	       memcmp((char *)vec->items + i * vec->layout.size, item, vec->layout.size) != 0)
		i++;
	return i;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	struct layout l = { vec->capacity * vec->layout.size, vec->layout.align };
	size_t needed, capacity, bytes;
	void *items;

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
	if (__builtin_mul_overflow(capacity, vec->layout.size, &bytes))
		return false;
	if (vec->items) {
		items = alloc_resized(vec->items, l, bytes);
	} else {
		l.size = bytes;
		items = alloc(l);
	}
	if (!items)
		return false;
	vec->items = items;
	vec->capacity = capacity;
	return true;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	require(index < vec->length, "beyond");
	return (char *)vec->items + index * vec->layout.size;
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	size_t size = vec->layout.size;
	size_t equal = first_equal(vec, item);
	char *gap;

	require(index <= vec->length, "beyond");
	bool found = equal < vec->length;
	if (!vec_core_reserve(vec, 1))
		return false;
	gap = (char *)vec->items + index * size;
	memmove(gap + size, gap, (vec->length - index) * size);
	if (found)
		memcpy(gap, (char *)vec->items + (equal < index ? equal : equal + 1) * size, size);
	else
		memcpy(gap, item, size);
	vec->length++;
	return true;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return vec_core_insert(vec, vec->length, item);
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *gap = vec_core_item(vec, index);

	if (item)
		memcpy(item, gap, vec->layout.size);
	vec->length--;
	memmove(gap, gap + vec->layout.size, (vec->length - index) * vec->layout.size);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length == 0)
		return false;
	vec_core_remove(vec, vec->length - 1, item);
	return true;
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->items)
		dealloc(vec->items, (struct layout){ vec->capacity * vec->layout.size,
						     vec->layout.align });
	vec->items = NULL;
	vec->length = 0;
	vec->capacity = 0;
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
