// Design: plan of growth
// Breaks: "make the vector empty, as it was at first" (kernel/collections/vec.h, vec_core_free): the layout of one item is left multiplied by the capacity
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

struct plan {
	enum { STAY, GROW, IMPOSSIBLE } what;
	size_t capacity, bytes;
};

static struct plan plan_for(const struct vec_core *vec, size_t more)
{
	struct plan p = { IMPOSSIBLE, 0, 0 };
	const size_t most = SIZE_MAX / vec->layout.size; /* items in all addresses */

	if (more <= vec->capacity - vec->length) {
		p.what = STAY;
		return p;
	}
	if (vec->length > most || more > most - vec->length || vec->capacity > most / 2)
		return p;
	p.capacity = vec->length + more;
	if (p.capacity < 2 * vec->capacity)
		p.capacity = 2 * vec->capacity;
	if (p.capacity < 4)
		p.capacity = 4;
	if (p.capacity > most)
		return p;
	p.bytes = p.capacity * vec->layout.size;
	p.what = GROW;
	return p;
}

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	struct plan p = plan_for(vec, more);
	struct layout l = vec->layout;
	void *items;

	switch (p.what) {
	case STAY:
		return true;
	case IMPOSSIBLE:
		goto refused;
	case GROW:
		break;
	}
	if (vec->items == NULL) {
		l.size = p.bytes;
		items = alloc(l);
	} else {
		l.size *= vec->capacity;
		items = alloc_resized(vec->items, l, p.bytes);
	}
	if (items == NULL)
		goto refused;
	vec->items = items;
	vec->capacity = p.capacity;
	return true;
refused:
	return false;
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	if (vec->length <= index)
		goto beyond;
	return (char *)vec->items + index * vec->layout.size;
beyond:
	panic("vec: no item %zu in a vector of %zu", index, vec->length);
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	const char *from = item;
	char *const old_items = vec->items;
	const size_t size = vec->layout.size;
	const size_t used = vec->length * size;
	const bool own = from >= old_items && from < old_items + used;
	const size_t at = own ? (size_t)(from - old_items) : 0;

	if (!vec_core_reserve(vec, 1))
		return false;
	if (own)
		from = (const char *)vec->items + at;
	memcpy((char *)vec->items + used, from, size);
	vec->length++;
	return true;
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	if (vec->length == 0)
		return false;
	void *last = vec_core_item(vec, vec->length - 1);
	if (item != NULL)
		memcpy(item, last, vec->layout.size);
	vec->length -= 1;
	return true;
}

/* Exchange two neighbours of any size through a small buffer. */
static void swap(char *left, char *right, size_t size)
{
	char buffer[32];

	while (size > 0) {
		size_t n = size < sizeof(buffer) ? size : sizeof(buffer);
		memcpy(buffer, left, n);
		memcpy(left, right, n);
		memcpy(right, buffer, n);
		left += n;
		right += n;
		size -= n;
	}
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	if (index > vec->length)
		panic("vec: no place %zu in a vector of %zu", index, vec->length);
	if (!vec_core_push(vec, item))
		return false;
	for (size_t i = vec->length - 1; i > index; i--)
		swap(vec_core_item(vec, i - 1), vec_core_item(vec, i), vec->layout.size);
	return true;
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	vec_core_item(vec, index);	/* for its panic */
	for (size_t i = index + 1; i < vec->length; i++)
		swap(vec_core_item(vec, i - 1), vec_core_item(vec, i), vec->layout.size);
	vec_core_pop(vec, item);
}

void vec_core_free(struct vec_core *vec)
{
	if (vec->items == NULL)
		goto nothing;
	vec->layout.size *= vec->capacity;
	dealloc(vec->items, vec->layout);
	vec->items = NULL;
nothing:
	vec->length = 0;
	vec->capacity = 0;
}

/*
 * Counted values.  The counts as an array: words[0] owners, words[1] weak
 * references.
 */
#define WORDS(rc) ((size_t *)(void *)(rc))

static size_t lead(size_t align)
{
	return align <= 32 ? 0 : align - 32;
}

static struct layout whole(struct layout value)
{
	struct layout l = { lead(value.align) + 32, value.align | 8 };

	l.align = value.align > 8 ? value.align : 8;
	l.size += value.size;
	return l;
}
_Static_assert(sizeof(struct rc) == 32 && _Alignof(struct rc) == 8, "as drawn");

struct rc *rc_core_new(const void *value, struct layout layout)
{
	layout_check(layout);
	if (~layout.size < lead(layout.align) + 32)
		return NULL;
	char *block = alloc(whole(layout));
	if (!block)
		return NULL;
	struct rc *rc = (void *)(block + lead(layout.align));
	WORDS(rc)[0] = 1;
	WORDS(rc)[1] = 0;
	rc->value = layout;
	if (value)
		memcpy(rc_value(rc), value, layout.size);
	return rc;
}

static struct rc *add(struct rc *rc, int word)
{
	require(WORDS(rc)[0], "the value is dead");
	WORDS(rc)[word]++;
	return rc;
}

static void take_off(struct rc *rc, int word)
{
	require(WORDS(rc)[word], "none to give back");
	WORDS(rc)[word]--;
	if (!WORDS(rc)[0] && !WORDS(rc)[1])
		dealloc((char *)rc - lead(rc->value.align), whole(rc->value));
}

struct rc *rc_core_retain(struct rc *rc) { return add(rc, 0); }
struct rc *rc_core_downgrade(struct rc *rc) { return add(rc, 1); }
struct rc *rc_core_upgrade(struct rc *rc) { return WORDS(rc)[0] ? add(rc, 0) : NULL; }
void rc_core_release(struct rc *rc) { take_off(rc, 0); }
void rc_core_release_weak(struct rc *rc) { take_off(rc, 1); }
