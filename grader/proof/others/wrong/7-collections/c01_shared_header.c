// Design: the vector keeps its capacity in a header in front of the items, for an allocator of sizes
// Breaks: "otherwise it is a block of capacity times layout.size bytes" (kernel/collections/vec.h): the block has 16 bytes more, and items points into it
// Shown: yes
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

struct head {
	size_t bytes;
	size_t unused;
};

static size_t head_size(const struct vec_core *v)
{
	return align_up(sizeof(struct head), v->layout.align);
}

static struct head *head_of(const struct vec_core *v)
{
	return (struct head *)(void *)((char *)v->items - head_size(v));
}

static size_t block_align(const struct vec_core *v)
{
	return v->layout.align < _Alignof(struct head) ? _Alignof(struct head) : v->layout.align;
}

bool vec_core_reserve(struct vec_core *v, size_t more)
{
	size_t n, c, b;
	struct head *h;

	if (__builtin_add_overflow(v->length, more, &n))
		return false;
	if (n <= v->capacity)
		return true;
	if (__builtin_mul_overflow(v->capacity, 2, &c))
		return false;
	c = c < 4 ? 4 : c;
	c = c < n ? n : c;
	if (__builtin_mul_overflow(c, v->layout.size, &b) ||
	    __builtin_add_overflow(b, head_size(v), &b))
		return false;
	if (v->items)
		h = alloc_resized(head_of(v), (struct layout){ head_of(v)->bytes, block_align(v) }, b);
	else
		h = alloc((struct layout){ b, block_align(v) });
	if (!h)
		return false;
	h->bytes = b;
	v->items = (char *)h + head_size(v);
	v->capacity = c;
	return true;
}

void *vec_core_item(const struct vec_core *v, size_t i)
{
	require(i < v->length, "index %zu", i);
	return (char *)v->items + i * v->layout.size;
}

bool vec_core_insert(struct vec_core *v, size_t i, const void *item)
{
	size_t s = v->layout.size, d = (uintptr_t)item - (uintptr_t)v->items;
	bool own = d < v->length * s;

	require(i <= v->length, "index %zu", i);
	if (!vec_core_reserve(v, 1))
		return false;
	char *gap = (char *)v->items + i * s;
	memmove(gap + s, gap, (v->length - i) * s);
	memcpy(gap, own ? (char *)v->items + d + (d >= i * s ? s : 0) : item, s);
	v->length++;
	return true;
}

bool vec_core_push(struct vec_core *v, const void *item)
{
	return vec_core_insert(v, v->length, item);
}

void vec_core_remove(struct vec_core *v, size_t i, void *item)
{
	size_t s = v->layout.size;
	char *gap = vec_core_item(v, i);

	if (item)
		memcpy(item, gap, s);
	memmove(gap, gap + s, (v->length - i - 1) * s);
	v->length--;
}

bool vec_core_pop(struct vec_core *v, void *item)
{
	if (!v->length)
		return false;
	vec_core_remove(v, v->length - 1, item);
	return true;
}

void vec_core_free(struct vec_core *v)
{
	if (v->items)
		dealloc(head_of(v), (struct layout){ head_of(v)->bytes, block_align(v) });
	v->items = NULL;
	v->length = v->capacity = 0;
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
