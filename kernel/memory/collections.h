/*
 * Box, vector and reference count on the global allocator.  Lab 7 writes the
 * growth of vec and the counting of rc.
 *
 * Nothing here panics when memory runs out: a NULL or a false says so.
 */
#ifndef MEMORY_COLLECTIONS_H
#define MEMORY_COLLECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "memory/allocator.h"

/*
 * A box is one value on the heap, of its type's alignment: NULL when there is
 * no memory, and then value is not looked at.
 */
#define box_new(type, value)                                   \
	({                                                     \
		type *box_block = alloc(LAYOUT_OF(type));      \
		if (box_block)                                 \
			*box_block = (value);                  \
		box_block;                                     \
	})
#define box_free(box) dealloc((box), LAYOUT_OF(__typeof__(*(box))))

/*
 * A vector: a row of items of one layout, which moves when it grows.
 * Invariant: length <= capacity, and items is NULL exactly when capacity is 0.
 */
struct vec {
	void *items;
	size_t length; /* items in use */
	size_t capacity; /* items there is room for */
	struct layout item;
};

#define vec_new(type) ((struct vec){ NULL, 0, 0, LAYOUT_OF(type) })

/*
 * The item at index, to read or to assign to.  Panics beyond the length, and
 * when the type is not as large as the vector's items are.
 */
#define vec_at(vec, type, index) \
	(*(type *)vec_item((vec), (index), sizeof(type)))
void *vec_item(const struct vec *vec, size_t index, size_t item_size);

/*
 * Append a copy of *item.  A full vector first doubles its room (the first time
 * to 4 items) by allocating, copying and freeing.  *item may be an item of the
 * same vector.  False when there is no memory; the vector is unchanged then.
 * Amortised constant time.
 */
bool vec_push(struct vec *vec, const void *item);

/* Free the items and make the vector empty again. */
void vec_free(struct vec *vec);

/*
 * A reference-counted value: `struct rc` stands in front of the value that
 * rc_new copied.  The count starts at 1; others read it and never change it.
 */
struct rc {
	size_t count; /* owners */
	struct layout value;
};

/* NULL when there is no memory. */
struct rc *rc_new(const void *value, struct layout layout);

/* The value, at a multiple of its align. */
void *rc_value(struct rc *rc);

/* One more owner; returns rc. */
struct rc *rc_retain(struct rc *rc);

/* One owner less; the last one frees the value. */
void rc_release(struct rc *rc);

#endif
