// Design: as short as it gets, helpers by macro
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

#define S (v->layout.size)
#define AT(i) ((char *)v->items + (i) * S)
#define BLOCK ((struct layout){ v->capacity * S, v->layout.align })
#define IN(i, n) require((i) < (n), "index %zu", (size_t)(i))

bool vec_core_reserve(struct vec_core *v, size_t more)
{
	size_t n, c, b;

	if (__builtin_add_overflow(v->length, more, &n)) return false;
	if (n <= v->capacity) return true;
	if (__builtin_mul_overflow(v->capacity, 2, &c)) return false;
	c = c < n ? n : c;
	c = c < 4 ? 4 : c;
	if (__builtin_mul_overflow(c, S, &b)) return false;
	void *p = v->items ? alloc_resized(v->items, BLOCK, b) : alloc((struct layout){ b, v->layout.align });
	if (p) v->items = p, v->capacity = c;
	return p;
}

void *vec_core_item(const struct vec_core *v, size_t i) { IN(i, v->length); return AT(i); }

void vec_core_free(struct vec_core *v)
{
	if (v->items) dealloc(v->items, BLOCK);
	v->items = 0, v->length = v->capacity = 0;
}

bool vec_core_insert(struct vec_core *v, size_t i, const void *item)
{
	if (i > v->length) panic("index %zu", i);
	size_t d = (size_t)item - (size_t)v->items;
	bool own = d < v->length * S;
	if (!vec_core_reserve(v, 1)) return false;
	memmove(AT(i + 1), AT(i), (v->length++ - i) * S);
	memcpy(AT(i), own ? (char *)v->items + d + (d >= i * S ? S : 0) : item, S);
	return true;
}

void vec_core_remove(struct vec_core *v, size_t i, void *item)
{
	IN(i, v->length);
	if (item) memcpy(item, AT(i), S);
	memmove(AT(i), AT(i + 1), (--v->length - i) * S);
}

bool vec_core_push(struct vec_core *v, const void *item) { return vec_core_insert(v, v->length, item); }
bool vec_core_pop(struct vec_core *v, void *item)
{
	return v->length ? vec_core_remove(v, v->length - 1, item), true : false;
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
