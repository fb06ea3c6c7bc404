/*
 * A vector: a row of items of one type, which grows at its end and moves when it
 * does.  Lab 7 writes the core.
 *
 *   VEC(int) numbers = VEC_EMPTY(int);
 *
 *   if (!vec_push(&numbers, 41))
 *           alloc_error_handler(numbers.core.layout);
 *   vec_at(&numbers, 0)++;
 *   vec_free(&numbers);
 *
 * A pointer to an item is good until the vector changes its capacity.
 */
#ifndef COLLECTIONS_VEC_H
#define COLLECTIONS_VEC_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/*
 * The core.  Invariants: length <= capacity, and items is NULL exactly when
 * capacity is 0; otherwise it is a block of capacity times layout.size bytes.
 */
struct vec_core {
	void *items;
	size_t length; /* items in use */
	size_t capacity; /* items there is room for */
	struct layout layout; /* of one item; its size is not 0 */
};

#define VEC(type)                     \
	union {                       \
		struct vec_core core; \
		type *item;           \
	}
#define VEC_EMPTY(type) { .core = { NULL, 0, 0, LAYOUT_OF(type) } }

/*
 * Make sure that there is room for `more` items behind the last one.  A vector
 * without that room grows to twice its capacity, to 4 items, or to what is
 * needed, whichever is most, and takes its items along, in their order.
 *
 * False when there is no memory for that, even if there were for what is needed,
 * or the size in bytes exceeds SIZE_MAX; the vector is unchanged then.
 */
bool vec_core_reserve(struct vec_core *vec, size_t more);

/*
 * Append a copy of *item, which may be an item of the same vector.  False when
 * there is no memory; the vector is unchanged then.  Amortised constant time.
 */
bool vec_core_push(struct vec_core *vec, const void *item);

/*
 * Take the last item out and copy it to *item, unless that is NULL.  False when
 * the vector is empty, with *item as it was.  Keeps the capacity.
 */
bool vec_core_pop(struct vec_core *vec, void *item);

/*
 * Put a copy of *item, which may be an item of the same vector, in front of the
 * one at index, or behind the last one if index is the length.  Panics beyond,
 * before all else.  False when there is no memory; the vector is unchanged then.
 */
bool vec_core_insert(struct vec_core *vec, size_t index, const void *item);

/*
 * Take the item at index out, close the gap, and copy it to *item, unless that
 * is NULL.  Panics unless index is below the length.  Keeps the capacity.
 */
void vec_core_remove(struct vec_core *vec, size_t index, void *item);

/* The item at index.  Panics unless index is below the length. */
void *vec_core_item(const struct vec_core *vec, size_t index);

/* Free the items' block and make the vector empty, as it was at first. */
void vec_core_free(struct vec_core *vec);

/*
 * The same, typed.  A value of another type does not compile.
 */
#define vec_reserve(vec, more) vec_core_reserve(&(vec)->core, (more))

#define vec_push(vec, value)                                \
	({                                                  \
		ITEM_TYPE(vec) vec_value_ = (value);        \
		ASSERT_SAME_TYPE(vec_value_, (value));      \
		vec_core_push(&(vec)->core, &vec_value_);   \
	})

#define vec_pop(vec, into)                                \
	({                                                \
		ASSERT_SAME_TYPE(*(into), *(vec)->item);  \
		vec_core_pop(&(vec)->core, (into));       \
	})

#define vec_insert(vec, index, value)                                  \
	({                                                             \
		ITEM_TYPE(vec) vec_value_ = (value);                   \
		ASSERT_SAME_TYPE(vec_value_, (value));                 \
		vec_core_insert(&(vec)->core, (index), &vec_value_);   \
	})

/* The item that was taken out. */
#define vec_remove(vec, index)                                         \
	({                                                             \
		ITEM_TYPE(vec) vec_value_;                             \
		vec_core_remove(&(vec)->core, (index), &vec_value_);   \
		vec_value_;                                            \
	})

/* The item at index, to read or to assign to. */
#define vec_at(vec, index) \
	(*(__typeof__((vec)->item))vec_core_item(&(vec)->core, (index)))

#define vec_length(vec) ((vec)->core.length)

#define vec_free(vec) vec_core_free(&(vec)->core)

/*
 * Every item in order, as a pointer called `name`.  The vector must not change
 * its length meanwhile.
 */
#define vec_for_each(name, vec)                                      \
	for (__typeof__((vec)->item) name = (vec)->core.items;       \
	     vec_is_before_end(&(vec)->core, name); name++)

static inline bool vec_is_before_end(const struct vec_core *vec,
				     const void *item)
{
	/* An empty vector has no block that a pointer could be compared with. */
	return vec->length &&
	       (const char *)item < (const char *)vec->items +
					    vec->length * vec->layout.size;
}

#endif
