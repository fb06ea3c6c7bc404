/*
 * Design: every call looks at the whole structure first, and again at its end,
 * and prints what it does.
 *
 * A test must not count what is printed, nor take a vector that checks itself
 * for one that hangs.
 */
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lab.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
#define VEC_FIRST_CAPACITY 4

/* ---- Vector ---------------------------------------------------------------- */

static void *vec_slot(const struct vec_core *vec, size_t index)
{
	return (char *)vec->items + index * vec->layout.size;
}

/* The block of all items; its size cannot overflow, for the block exists. */
static struct layout vec_block_layout(const struct vec_core *vec)
{
	return (struct layout){ vec->capacity * vec->layout.size,
				vec->layout.align };
}

/* Move the items to a block with room for so many.  0 is not asked for. */
static bool vec_move(struct vec_core *vec, size_t capacity)
{
	struct layout layout = { 0, vec->layout.align };
	void *items;

	if (__builtin_mul_overflow(capacity, vec->layout.size, &layout.size))
		return false;
	if (vec->items)
		items = alloc_resized(vec->items, vec_block_layout(vec),
				      layout.size);
	else
		items = alloc(layout);
	if (!items)
		return false;
	vec->items = items;
	vec->capacity = capacity;
	return true;
}

/*
 * Where the item is one of the vector's own: at which byte, or SIZE_MAX.  Its
 * address is no good once the vector has grown.
 */
static size_t vec_offset_of(const struct vec_core *vec, const void *item)
{
	size_t offset = (uint64_t)item - (uint64_t)vec->items;

	if (vec->items && offset < vec->length * vec->layout.size)
		return offset;
	return SIZE_MAX;
}

static void vec_look(const struct vec_core *vec, const char *call)
{
	require(vec->length <= vec->capacity, "length %zu, capacity %zu",
		vec->length, vec->capacity);
	require(!vec->items == !vec->capacity, "items %p, capacity %zu",
		vec->items, vec->capacity);
	debug_printf("%s: %zu of %zu at %p\n", call, vec->length,
		     vec->capacity, vec->items);
}

static void rc_look(const struct rc *rc, const char *call)
{
	require(rc->value.align, "no align");
	debug_printf("%s: %zu owners, %zu weak at %p\n", call, rc->strong,
		     rc->weak, (const void *)rc);
}

/* How far behind the beginning of its block a value lies. */
static size_t rc_offset(struct layout value)
{
	return align_up(sizeof(struct rc), value.align);
}

/* The block has the stricter alignment of the two, so both have their own. */
static struct layout rc_block_layout(struct layout value)
{
	return (struct layout){
		rc_offset(value) + value.size,
		value.align > _Alignof(struct rc) ? value.align :
						    _Alignof(struct rc),
	};
}

static void rc_free_if_unused(struct rc *rc)
{
	struct layout value = rc->value;

	if (rc->strong == 0 && rc->weak == 0)
		dealloc((char *)rc_value(rc) - rc_offset(value),
			rc_block_layout(value));
}
/* End of your own. */

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	/* Lab 7, task 1: your code here. */
	size_t capacity = VEC_FIRST_CAPACITY, needed;

	if (__builtin_add_overflow(vec->length, more, &needed))
		return false;
	if (needed <= vec->capacity)
		return true;
	if (vec->capacity > SIZE_MAX / 2)
		return false;
	if (capacity < 2 * vec->capacity)
		capacity = 2 * vec->capacity;
	if (capacity < needed)
		capacity = needed;
	return vec_move(vec, capacity);
	/* End of your code. */
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	/* Lab 7, task 1: your code here. */
	require(index < vec->length, "item %zu of a vector of %zu", index,
		vec->length);
	return vec_slot(vec, index);
	/* End of your code. */
}

void vec_core_free(struct vec_core *vec)
{
	/* Lab 7, task 1: your code here. */
	vec_look(vec, "free");
	if (vec->items)
		dealloc(vec->items, vec_block_layout(vec));
	vec->items = NULL;
	vec->length = 0;
	vec->capacity = 0;
	/* End of your code. */
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	/* Lab 7, task 2: your code here. */
	return vec_core_insert(vec, vec->length, item);
	/* End of your code. */
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	/* Lab 7, task 2: your code here. */
	if (vec->length == 0)
		return false;
	vec_core_remove(vec, vec->length - 1, item);
	return true;
	/* End of your code. */
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	/* Lab 7, task 2: your code here. */
	size_t size = vec->layout.size, own = vec_offset_of(vec, item);

	require(index <= vec->length, "insert at %zu into a vector of %zu",
		index, vec->length);
	if (!vec_core_reserve(vec, 1))
		return false;
	memmove(vec_slot(vec, index + 1), vec_slot(vec, index),
		(vec->length - index) * size);
	vec_look(vec, "insert");
	/* An item of its own has moved with the block, or past the gap. */
	if (own != SIZE_MAX)
		item = (char *)vec->items + own +
		       (own >= index * size ? size : 0);
	memcpy(vec_slot(vec, index), item, size);
	vec->length++;
	return true;
	/* End of your code. */
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	/* Lab 7, task 2: your code here. */
	void *slot = vec_core_item(vec, index);

	vec_look(vec, "remove");
	if (item)
		memcpy(item, slot, vec->layout.size);
	vec->length--;
	memmove(slot, vec_slot(vec, index + 1),
		(vec->length - index) * vec->layout.size);
	/* End of your code. */
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	/* Lab 7, task 3: your code here. */
	char *block;
	struct rc *rc;

	layout_check(layout);
	if (layout.size > SIZE_MAX - rc_offset(layout))
		return NULL;
	block = alloc(rc_block_layout(layout));
	if (!block)
		return NULL;
	rc = rc_of(block + rc_offset(layout));
	*rc = (struct rc){ .strong = 1, .weak = 0, .value = layout };
	if (value)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
	/* End of your code. */
}

struct rc *rc_core_retain(struct rc *rc)
{
	/* Lab 7, task 3: your code here. */
	require(rc->strong, "retain of a value without an owner");
	rc_look(rc, "retain");
	rc->strong++;
	return rc;
	/* End of your code. */
}

void rc_core_release(struct rc *rc)
{
	/* Lab 7, task 3: your code here. */
	require(rc->strong, "release of a value without an owner");
	rc_look(rc, "release");
	rc->strong--;
	rc_free_if_unused(rc);
	/* End of your code. */
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	require(rc->strong, "weak reference to a value without an owner");
	rc->weak++;
	return rc;
	/* End of your code. */
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	return rc->strong ? rc_core_retain(rc) : NULL;
	/* End of your code. */
}

void rc_core_release_weak(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	require(rc->weak, "release of a weak reference that does not exist");
	rc->weak--;
	rc_free_if_unused(rc);
	/* End of your code. */
}
