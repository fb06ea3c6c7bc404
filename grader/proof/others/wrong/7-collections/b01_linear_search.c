// Design: one shift of the tail; looks for an own item by comparing with each
// Breaks: "Amortised constant time" (kernel/collections/vec.h, vec_core_push): every push compares the item with all items
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

#define NOT_OWN SIZE_MAX

/* Which byte of the vector's items it is, or NOT_OWN. */
static size_t own_byte(const struct vec_core *vec, const void *item)
{
	const char *first = vec->items;

	if (vec->length == 0)
		return NOT_OWN;
	for (size_t i = 0; i < vec->length; i++) {
		uintptr_t offset = (uintptr_t)item - (uintptr_t)(first + i * vec->layout.size);
		if (offset < vec->layout.size)
			return i * vec->layout.size + offset;
	}
	return NOT_OWN;
}

static void shift_tail(struct vec_core *vec, size_t from, size_t to)
{
	char *items = vec->items;
	size_t size = vec->layout.size;

	if (from < vec->length)
		memmove(items + to * size, items + from * size, (vec->length - from) * size);
	if (to > from)
		vec->length += to - from;
	else
		vec->length -= from - to;
}

static bool multiply(size_t a, size_t b, size_t *product)
{
	*product = a * b;
	return a == 0 || *product / a == b;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	size_t capacity, old_bytes, new_bytes;
	void *block;

	if (vec->capacity - vec->length >= more)
		return true;
	if (more > SIZE_MAX - vec->length)
		return false;
	if (vec->capacity > SIZE_MAX / 2)
		return false;
	capacity = 2 * vec->capacity;
	if (capacity < 4)
		capacity = 4;
	if (capacity < vec->length + more)
		capacity = vec->length + more;
	if (!multiply(capacity, vec->layout.size, &new_bytes))
		return false;
	old_bytes = vec->capacity * vec->layout.size;
	if (old_bytes == 0)
		block = alloc((struct layout){ new_bytes, vec->layout.align });
	else
		block = alloc_resized(vec->items,
				      (struct layout){ old_bytes, vec->layout.align },
				      new_bytes);
	if (block != NULL) {
		vec->items = block;
		vec->capacity = capacity;
	}
	return block != NULL;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	char *items = vec->items;

	if (!(index < vec->length))
		panic("index %zu is beyond %zu", index, vec->length);
	return &items[index * vec->layout.size];
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	size_t own = own_byte(vec, item);
	size_t gap = index * vec->layout.size;

	if (index > vec->length)
		panic("index %zu is beyond %zu", index, vec->length);
	if (!vec_core_reserve(vec, 1))
		return false;
	if (index == vec->length)
		vec->length++;
	else
		shift_tail(vec, index, index + 1);
	if (own != NOT_OWN) {
		size_t size = vec->layout.size;
		char *items = vec->items;
		/* byte by byte: it may have been cut in two by the gap */
		for (size_t i = 0; i < size; i++) {
			size_t at = own + i;
			items[gap + i] = items[at < gap ? at : at + size];
		}
	} else {
		memcpy((char *)vec->items + gap, item, vec->layout.size);
	}
	return true;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return vec_core_insert(vec, vec->length, item);
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	void *place = vec_core_item(vec, index);

	if (item != NULL)
		memcpy(item, place, vec->layout.size);
	shift_tail(vec, index + 1, index);
	if (index == vec->length + 1)
		vec->length = index;
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	bool any = vec->length > 0;

	if (any)
		vec_core_remove(vec, vec->length - 1, item);
	return any;
}

void vec_core_free(struct vec_core *vec)
{
	size_t bytes = vec->capacity * vec->layout.size;

	if (bytes)
		dealloc(vec->items, (struct layout){ bytes, vec->layout.align });
	vec->items = NULL;
	vec->capacity = 0;
	vec->length = 0;
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
