// Design: edits a copy of the vector
// Breaks: "the vector is unchanged then" (kernel/collections/vec.h): alloc_resized writes into the vector itself, NULL too
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static bool grown(struct vec_core *copy, size_t more)
{
	struct layout old = copy->layout, new = copy->layout;
	size_t total = copy->length;

	if (__builtin_add_overflow(total, more, &total))
		return false;
	if (total <= copy->capacity)
		return true;
	old.size = copy->capacity * copy->layout.size;
	if (__builtin_add_overflow(copy->capacity, copy->capacity, &copy->capacity))
		return false;
	if (copy->capacity < 4)
		copy->capacity = 4;
	if (copy->capacity < total)
		copy->capacity = total;
	if (__builtin_mul_overflow(copy->capacity, copy->layout.size, &new.size))
		return false;
	void *items = copy->items ? alloc_resized(copy->items, old, new.size) : alloc(new);
	if (items)
		copy->items = items;
	return items != NULL;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	return grown(vec, more);
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	struct vec_core copy = *vec;
	const size_t size = copy.layout.size;
	const size_t old = (uintptr_t)item - (uintptr_t)vec->items;
	const bool found = old < vec->length * size;

	if (index > vec->length)
		panic("%zu is behind the end at %zu", index, vec->length);
	if (!grown(&copy, 1))
		return false;

	char *items = copy.items;
	char *gap = items + index * size;
	char *end = items + copy.length * size;

	if (found && old < index * size) {
		/* below the gap: it stays where it is */
		memmove(gap + size, gap, (size_t)(end - gap));
		memcpy(gap, items + old, size);
	} else if (found) {
		/* the gap opens below it: it moves as well */
		memmove(gap + size, gap, (size_t)(end - gap));
		memcpy(gap, items + old + size, size);
	} else {
		memmove(gap + size, gap, (size_t)(end - gap));
		memcpy(gap, item, size);
	}
	copy.length++;
	*vec = copy;
	return true;
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	return vec_core_insert(vec, vec->length, item);
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	if (index < vec->length)
		return (char *)vec->items + index * vec->layout.size;
	panic("%zu is not below %zu", index, vec->length);
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	struct vec_core copy = *vec;

	if (copy.length-- == 0)
		return false;
	if (item)
		memmove(item, (char *)copy.items + copy.length * copy.layout.size, copy.layout.size);
	*vec = copy;
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	char *gone = vec_core_item(vec, index);
	char *behind = gone + vec->layout.size;
	char *end = (char *)vec->items + vec->length * vec->layout.size;

	if (item)
		memmove(item, gone, vec->layout.size);
	memmove(gone, behind, (size_t)(end - behind));
	vec->length--;
}

void vec_core_free(struct vec_core *vec)
{
	const struct vec_core old = *vec;

	*vec = (struct vec_core){ .layout = old.layout };
	if (old.items)
		dealloc(old.items, (struct layout){ old.capacity * old.layout.size, old.layout.align });
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
