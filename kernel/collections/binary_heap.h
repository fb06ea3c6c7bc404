/*
 * A priority queue: a binary heap in a vector.  The greatest item comes out first,
 * by an order that the heap is given.
 *
 *   static bool int_less(const void *one, const void *other)
 *   {
 *           return *(const int *)one < *(const int *)other;
 *   }
 *
 *   BINARY_HEAP(int) urgent = BINARY_HEAP_EMPTY(int, int_less);
 *
 *   binary_heap_push(&urgent, 3);
 *   binary_heap_pop(&urgent, &most);
 *
 * Item i has its children at 2 i + 1 and 2 i + 2, neither greater than it (J. W. J.
 * Williams, Algorithm 232: Heapsort, 1964).
 */
#ifndef COLLECTIONS_BINARY_HEAP_H
#define COLLECTIONS_BINARY_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/vec.h"

/* Whether one comes out after the other.  A strict weak order. */
typedef bool item_less(const void *one, const void *other);

struct binary_heap_core {
	struct vec_core items;
	item_less *less;
};

#define BINARY_HEAP(type)                     \
	union {                               \
		struct binary_heap_core core; \
		type *item;                   \
	}
#define BINARY_HEAP_EMPTY(type, less_function)                        \
	{                                                             \
		.core = { { NULL, 0, 0, LAYOUT_OF(type) }, less_function } \
	}

/*
 * Put a copy of *item in.  False when there is no memory; the heap is unchanged
 * then.  Logarithmic time.
 */
bool binary_heap_core_push(struct binary_heap_core *heap, const void *item);

/*
 * Take the greatest item out and copy it to *item, unless that is NULL.  False
 * when the heap is empty.  Logarithmic time.
 */
bool binary_heap_core_pop(struct binary_heap_core *heap, void *item);

/* Panics unless no item is greater than its parent. */
void binary_heap_core_check(const struct binary_heap_core *heap);

/*
 * The same, typed.  A value of another type does not compile.
 */
#define binary_heap_push(heap, value)                            \
	({                                                       \
		ITEM_TYPE(heap) heap_value_ = (value);           \
		ASSERT_SAME_TYPE(heap_value_, (value));          \
		binary_heap_core_push(&(heap)->core, &heap_value_); \
	})
#define binary_heap_pop(heap, into)                              \
	({                                                       \
		ASSERT_SAME_TYPE(*(into), *(heap)->item);        \
		binary_heap_core_pop(&(heap)->core, (into));     \
	})
/* The greatest item, to look at.  Panics when the heap is empty. */
#define binary_heap_peek(heap)                                   \
	(*(const __typeof__(*(heap)->item) *)vec_core_item(      \
		&(heap)->core.items, 0))
#define binary_heap_length(heap) ((heap)->core.items.length)
#define binary_heap_free(heap) vec_core_free(&(heap)->core.items)

#endif
