// Design: verbose
// Breaks: "the vector is unchanged then" (kernel/collections/vec.h): the new capacity is stored before there is memory for it
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static void check(const struct vec_core *vec, const char *where)
{
	require(vec != NULL, "%s: no vector", where);
	require(vec->length <= vec->capacity, "%s: length %zu, capacity %zu", where,
		vec->length, vec->capacity);
	require((vec->items == NULL) == (vec->capacity == 0), "%s: items and capacity", where);
	require(vec->layout.size != 0, "%s: items of size 0", where);
}

static bool safe_add(size_t left, size_t right, size_t *sum)
{
	if (left > SIZE_MAX - right)
		return false;
	*sum = left + right;
	return true;
}

static bool safe_multiply(size_t left, size_t right, size_t *product)
{
	if (right != 0 && left > SIZE_MAX / right)
		return false;
	*product = left * right;
	return true;
}

static bool new_capacity(const struct vec_core *vec, size_t needed, size_t *result)
{
	size_t doubled;

	if (!safe_multiply(vec->capacity, 2, &doubled))
		return false;
	*result = needed;
	if (*result < doubled)
		*result = doubled;
	if (*result < 4)
		*result = 4;
	return true;
}

static void *first_block(size_t bytes, size_t align)
{
	struct layout layout;

	layout.size = bytes;
	layout.align = align;
	return alloc(layout);
}

static void *next_block(void *block, size_t old_bytes, size_t align, size_t bytes)
{
	struct layout layout;

	layout.size = old_bytes;
	layout.align = align;
	return alloc_resized(block, layout, bytes);
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	size_t needed;
	size_t capacity;
	size_t bytes;
	void *block;

	check(vec, "reserve");
	debug_printf("reserve %zu at %zu/%zu\n", more, vec->length, vec->capacity);
	if (!safe_add(vec->length, more, &needed)) {
		debug_printf("too many items\n");
		return false;
	}
	if (needed <= vec->capacity)
		return true;
	size_t old_capacity = vec->capacity;

	if (!new_capacity(vec, needed, &capacity) ||
	    !safe_multiply(capacity, vec->layout.size, &bytes)) {
		debug_printf("too many bytes\n");
		return false;
	}
	vec->capacity = capacity;
	if (vec->items == NULL) {
		block = first_block(bytes, vec->layout.align);
	} else {
		size_t old_bytes = old_capacity * vec->layout.size;
		block = next_block(vec->items, old_bytes, vec->layout.align, bytes);
	}
	if (block == NULL) {
		debug_printf("no memory for %zu bytes\n", bytes);
		return false;
	}
	vec->items = block;
	check(vec, "end of reserve");
	return true;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	char *items;

	check(vec, "item");
	if (index >= vec->length)
		panic("index %zu, but the length is %zu", index, vec->length);
	items = vec->items;
	return items + index * vec->layout.size;
}

void vec_core_free(struct vec_core *vec)
{
	check(vec, "free");
	if (vec->items != NULL) {
		struct layout layout = vec->layout;

		layout.size = vec->capacity * vec->layout.size;
		memset(vec->items, 0xee, layout.size);
		dealloc(vec->items, layout);
		vec->items = NULL;
	}
	vec->length = 0;
	vec->capacity = 0;
	check(vec, "end of free");
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	check(vec, "push");
	return vec_core_insert(vec, vec->length, item);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	check(vec, "pop");
	if (vec->length == 0) {
		debug_printf("pop of none\n");
		return false;
	}
	if (item != NULL)
		memcpy(item, vec_core_item(vec, vec->length - 1), vec->layout.size);
	vec->length--;
	return true;
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	size_t size;
	size_t own_offset = 0;
	bool item_is_own = false;
	char *place;

	check(vec, "insert");
	require(item != NULL, "no item to insert");
	if (index > vec->length)
		panic("insert at %zu, but the length is %zu", index, vec->length);
	size = vec->layout.size;
	if (vec->length > 0) {
		uintptr_t first = (uintptr_t)vec->items;
		uintptr_t end = first + vec->length * size;
		uintptr_t address = (uintptr_t)item;

		if (address >= first && address < end) {
			item_is_own = true;
			own_offset = address - first;
		}
	}
	if (!vec_core_reserve(vec, 1))
		return false;
	place = (char *)vec->items + index * size;
	if (index < vec->length)
		memmove(place + size, place, (vec->length - index) * size);
	if (item_is_own) {
		if (own_offset >= index * size)
			own_offset += size;
		memcpy(place, (char *)vec->items + own_offset, size);
	} else {
		memcpy(place, item, size);
	}
	vec->length++;
	check(vec, "end of insert");
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *place;
	size_t behind;

	check(vec, "remove");
	if (index >= vec->length)
		panic("remove at %zu, but the length is %zu", index, vec->length);
	place = vec_core_item(vec, index);
	if (item != NULL)
		memcpy(item, place, vec->layout.size);
	behind = vec->length - index - 1;
	if (behind > 0)
		memmove(place, place + vec->layout.size, behind * vec->layout.size);
	vec->length--;
	check(vec, "end of remove");
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
