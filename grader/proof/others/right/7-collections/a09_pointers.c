// Design: works with end pointers in place of indices; the tail is moved in pieces of one item with memcpy; rc with two block kinds
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

struct view { char *first, *end, *limit; };

static struct view view(const struct vec_core *v)
{
	struct view w;
	w.first = v->items;
	/* as numbers: whether there can be such a block is not known here */
	w.end = (char *)((uintptr_t)w.first + v->length * v->layout.size);
	w.limit = (char *)((uintptr_t)w.first + v->capacity * v->layout.size);
	return w;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	const struct view w = view(vec);
	const size_t size = vec->layout.size;
	const size_t old_bytes = (uintptr_t)w.limit - (uintptr_t)w.first;
	const size_t used_bytes = (uintptr_t)w.end - (uintptr_t)w.first;
	size_t more_bytes, bytes, twice;
	void *block;

	if (__builtin_mul_overflow(more, size, &more_bytes))
		return false;
	if (more_bytes <= old_bytes - used_bytes)
		return true;
	/* everything in bytes: as 4 items, twice the block, what is needed */
	if (__builtin_add_overflow(used_bytes, more_bytes, &bytes))
		return false;
	if (__builtin_add_overflow(old_bytes, old_bytes, &twice))
		return false;
	if (bytes < twice)
		bytes = twice;
	if (size > SIZE_MAX / 4)
		return false;
	if (bytes < 4 * size)
		bytes = 4 * size;
	block = w.first ? alloc_resized(w.first, (struct layout){ old_bytes, vec->layout.align }, bytes)
			: alloc((struct layout){ bytes, vec->layout.align });
	if (!block)
		return false;
	vec->items = block;
	vec->capacity = bytes / size;
	return true;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	require(index < vec->length, "item %zu of %zu", index, vec->length);
	return view(vec).first + index * vec->layout.size;
}

static bool put(struct vec_core *vec, size_t index, const void *item)
{
	const size_t size = vec->layout.size;
	const char *source = item;
	ptrdiff_t own = -1;

	for (struct view w = view(vec); w.end != w.first; w.end = w.first)
		if ((uintptr_t)source >= (uintptr_t)w.first && (uintptr_t)source < (uintptr_t)w.end)
			own = source - w.first;
	if (!vec_core_reserve(vec, 1))
		return false;

	struct view w = view(vec);
	char *gap = w.first + index * size;

	if (own >= 0)
		source = w.first + own + (w.first + own >= gap ? size : 0);
	for (char *p = w.end; p > gap; p -= size)
		memcpy(p, p - size, size);
	memcpy(gap, source, size);
	vec->length++;
	return true;
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	require(index <= vec->length, "insert at %zu of %zu", index, vec->length);
	return put(vec, index, item);
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return put(vec, vec->length, item);
}

static void cut(struct vec_core *vec, size_t index, void *item)
{
	const size_t size = vec->layout.size;
	const struct view w = view(vec);
	char *p = w.first + index * size;

	if (item)
		memcpy(item, p, size);
	for (; p + size != w.end; p += size)
		memcpy(p, p + size, size);
	vec->length--;
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length)
		cut(vec, vec->length - 1, item);
	else
		return false;
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	require(index < vec->length, "remove at %zu of %zu", index, vec->length);
	cut(vec, index, item);
}

void vec_core_free(struct vec_core *vec)
{
	struct view w = view(vec);

	if (w.first)
		dealloc(w.first, (struct layout){ (size_t)(w.limit - w.first), vec->layout.align });
	vec->items = NULL;
	vec->length = 0;
	vec->capacity = 0;
}

/* Two kinds of blocks: the value follows at once, or its align is above 32. */
struct rc *rc_core_new(const void *value, struct layout layout)
{
	struct rc *rc;
	struct layout block;

	layout_check(layout);
	if (layout.align <= sizeof(struct rc)) {
		if (layout.size > SIZE_MAX - sizeof(struct rc))
			return NULL;
		block.size = sizeof(struct rc) + layout.size;
		block.align = layout.align;
		if (block.align < _Alignof(struct rc))
			block.align = _Alignof(struct rc);
		rc = alloc(block);
		if (!rc)
			return NULL;
	} else {
		if (layout.size > SIZE_MAX - layout.align)
			return NULL;
		block.size = layout.align + layout.size;
		block.align = layout.align;
		char *begin = alloc(block);
		if (!begin)
			return NULL;
		rc = rc_of(begin + layout.align);
	}
	rc->strong = 1;
	rc->weak = 0;
	rc->value = layout;
	if (value)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
}

static void give_back(struct rc *rc)
{
	struct layout value = rc->value;

	if (value.align <= sizeof(struct rc))
		dealloc(rc, (struct layout){ sizeof(struct rc) + value.size,
					     value.align < _Alignof(struct rc) ?
						     _Alignof(struct rc) : value.align });
	else
		dealloc((char *)rc_value(rc) - value.align,
			(struct layout){ value.align + value.size, value.align });
}

struct rc *rc_core_retain(struct rc *rc)
{
	require(rc->strong > 0, "retain: dead");
	rc->strong += 1;
	return rc;
}

void rc_core_release(struct rc *rc)
{
	require(rc->strong > 0, "release: dead");
	rc->strong -= 1;
	if (rc->strong > 0)
		return;
	if (rc->weak > 0)
		return;
	give_back(rc);
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	require(rc->strong > 0, "downgrade: dead");
	rc->weak += 1;
	return rc;
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	if (rc->strong == 0)
		return NULL;
	rc->strong += 1;
	return rc;
}

void rc_core_release_weak(struct rc *rc)
{
	require(rc->weak > 0, "release_weak: none");
	rc->weak -= 1;
	if (rc->weak == 0 && rc->strong == 0)
		give_back(rc);
}
