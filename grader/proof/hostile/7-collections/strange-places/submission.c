#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "memory/heap.h"

/* Nowhere, outside of any heap, across its end, and at nothing's multiple. */
static void *strange_place(void)
{
	static const uint64_t places[] = {
		16, UINT64_MAX - 7, HEAP_START - 8, HEAP_START + HEAP_SIZE - 4,
		HEAP_START + 1, 0x7ffffffff000, 0xffff800000000000,
	};
	static unsigned next;

	return (void *)places[next++ % (sizeof(places) / sizeof(*places))];
}

/* What a test would trip over if it followed the pointer, or counted by it. */
static bool be_strange(struct vec_core *vec)
{
	vec->items = strange_place();
	vec->length = SIZE_MAX / 2;
	vec->capacity = SIZE_MAX;
	return true;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	vec->items = strange_place();
	vec->capacity = vec->length + more;
	return true;
}

/* Right in its numbers only. */
bool vec_core_push(struct vec_core *vec, const void *item)
{
	(void)item;
	vec->items = strange_place();
	if (vec->length == vec->capacity)
		vec->capacity = vec->capacity ? 2 * vec->capacity : 4;
	vec->length++;
	return true;
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	(void)item;
	return be_strange(vec);
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	(void)index, (void)item;
	return be_strange(vec);
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	(void)index, (void)item;
	be_strange(vec);
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	(void)vec, (void)index;
	return strange_place();
}

void vec_core_free(struct vec_core *vec)
{
	be_strange(vec);
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	(void)value, (void)layout;
	return strange_place();
}

struct rc *rc_core_retain(struct rc *rc)
{
	(void)rc;
	return strange_place();
}

void rc_core_release(struct rc *rc)
{
	(void)rc;
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	(void)rc;
	return strange_place();
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	(void)rc;
	return strange_place();
}

void rc_core_release_weak(struct rc *rc)
{
	(void)rc;
}
