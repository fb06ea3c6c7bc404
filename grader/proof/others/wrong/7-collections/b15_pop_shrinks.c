// Design: loops; gives memory back when three quarters are empty
// Breaks: "Keeps the capacity." (kernel/collections/vec.h, vec_core_pop)
// Shown: yes
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
	if (vec->capacity > 16 && vec->length < vec->capacity / 4)
		grow(vec, vec->capacity / 2, 0);
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
