// Design: grows by alloc, memcpy and dealloc, as alloc_resized does
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

/* Items in the block of n; 0 if there are too many bytes. */
static size_t bytes_of(const struct vec_core *vec, size_t n)
{
	return n > SIZE_MAX / vec->layout.size ? 0 : n * vec->layout.size;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static bool replace_block(struct vec_core *vec, size_t capacity)
{
	size_t bytes = bytes_of(vec, capacity);
	void *block = NULL;

	if (bytes != 0 && vec->capacity == 0)
		block = alloc((struct layout){ bytes, vec->layout.align });
	else if (bytes != 0)
		block = alloc((struct layout){ bytes, vec->layout.align });
	if (block != NULL && vec->capacity != 0) {
		memcpy(block, vec->items, bytes_of(vec, vec->length));
		dealloc(vec->items,
			(struct layout){ bytes_of(vec, vec->capacity), vec->layout.align });
	}
	if (block == NULL)
		return false;
	vec->items = block;
	vec->capacity = capacity;
	return true;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	size_t room = vec->capacity - vec->length;

	if (more <= room)
		return true;
	if (more > SIZE_MAX - vec->length || vec->capacity > SIZE_MAX / 2)
		return false;
	return replace_block(vec, larger(larger(4, 2 * vec->capacity), vec->length + more));
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	if (index >= vec->length)
		panic("there are %zu items, and no %zu", vec->length, index);
	return (char *)vec->items + bytes_of(vec, index);
}

/* What insert and push do, if there is room. */
static void place(struct vec_core *vec, size_t index, const void *item)
{
	char *items = vec->items;
	size_t size = vec->layout.size;

	/* The item goes to the free slot at the end, which nothing overlaps ... */
	memcpy(items + vec->length * size, item, size);
	vec->length++;
	/* ... and changes places with every other one down to index. */
	for (size_t i = vec->length - 1; i > index; i--) {
		char *high = items + i * size, *low = high - size;
		for (size_t b = 0; b < size; b++) {
			char c = high[b];
			high[b] = low[b];
			low[b] = c;
		}
	}
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	uintptr_t offset = (uintptr_t)item - (uintptr_t)vec->items;
	size_t length_in_bytes = bytes_of(vec, vec->length);

	if (index > vec->length)
		panic("there are %zu items, and no place %zu", vec->length, index);
	if (vec->length < vec->capacity) {
		place(vec, index, item);
		return true;
	}
	if (!vec_core_reserve(vec, 1))
		return false;
	place(vec, index, offset < length_in_bytes ? (char *)vec->items + offset : item);
	return true;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return vec_core_insert(vec, vec->length, item);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length == 0)
		return false;
	vec->length--;
	if (item != NULL)
		memcpy(item, (char *)vec->items + bytes_of(vec, vec->length), vec->layout.size);
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *to = vec_core_item(vec, index);

	if (item != NULL)
		memcpy(item, to, vec->layout.size);
	for (vec->length--; index < vec->length; index++, to += vec->layout.size)
		memcpy(to, to + vec->layout.size, vec->layout.size);
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->capacity != 0)
		dealloc(vec->items, (struct layout){ bytes_of(vec, vec->capacity), vec->layout.align });
	vec->items = NULL;
	vec->capacity = vec->length = 0;
}

#define COUNT_UP(rc, field) ((rc)->field++, (rc))
#define MUST(rc, field) require((rc)->field != 0, "no " #field " reference")

struct shape {
	struct layout block;
	size_t header;	/* from the block's beginning to the value */
	bool possible;
};

static struct shape shape_of(struct layout value)
{
	struct shape s;

	s.header = sizeof(struct rc);
	while (s.header % value.align != 0)
		s.header += _Alignof(struct rc) > value.align ? value.align :
			    value.align > s.header ? value.align - s.header :
						     _Alignof(struct rc);
	s.possible = value.size <= SIZE_MAX - s.header;
	s.block.size = s.header + value.size;
	s.block.align = value.align;
	if (s.block.align < _Alignof(struct rc))
		s.block.align = _Alignof(struct rc);
	return s;
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	struct shape s;
	char *block = NULL;

	layout_check(layout);
	s = shape_of(layout);
	if (s.possible)
		block = alloc(s.block);
	if (block) {
		char *v = block + s.header;
		struct rc *rc = rc_of(v);
		rc->value = layout;
		rc->weak = 0;
		rc->strong = 1;
		for (size_t i = 0; value && i < layout.size; i++)
			v[i] = ((const char *)value)[i];
		return rc;
	}
	return NULL;
}

static void forget(struct rc *rc)
{
	struct shape s = shape_of(rc->value);

	if ((rc->strong | rc->weak) == 0)
		dealloc((char *)(rc + 1) - s.header, s.block);
}

struct rc *rc_core_retain(struct rc *rc)
{
	MUST(rc, strong);
	return COUNT_UP(rc, strong);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	MUST(rc, strong);
	return COUNT_UP(rc, weak);
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	return rc->strong ? COUNT_UP(rc, strong) : NULL;
}

void rc_core_release(struct rc *rc)
{
	MUST(rc, strong);
	rc->strong--;
	forget(rc);
}

void rc_core_release_weak(struct rc *rc)
{
	MUST(rc, weak);
	rc->weak--;
	forget(rc);
}
