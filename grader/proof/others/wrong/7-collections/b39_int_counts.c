// Design: one drop function
// Breaks: "strong; /* owners */" of size_t and "The block is freed when both are 0" (kernel/collections/rc.h): counts are looked at as unsigned int; 2^32 owners look like none
// Shown: by argument
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
	unsigned int left = (unsigned int)*mine, others = (unsigned int)*count(rc, other);
	if (left == 0 && others == 0) {
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
