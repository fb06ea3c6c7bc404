/*
 * A queue with two ends, in a ring buffer: constant time at both, and any item by
 * its index.
 *
 *   DEQUE(int) waiting = DEQUE_EMPTY(int);
 *
 *   deque_push_back(&waiting, 1);
 *   deque_push_back(&waiting, 2);
 *   deque_pop_front(&waiting, &next);
 *
 * The items may wrap around the end of their block:
 *
 *   +-----+-----+-----+-----+-----+-----+
 *   |  2  |  3  |     |     |  0  |  1  |      first = 4, length = 4
 *   +-----+-----+-----+-----+-----+-----+
 */
#ifndef COLLECTIONS_DEQUE_H
#define COLLECTIONS_DEQUE_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/*
 * Invariants: length <= capacity, first < capacity unless that is 0, and items
 * is NULL exactly when capacity is 0.
 */
struct deque_core {
	void *items;
	size_t first; /* the slot of item 0 */
	size_t length;
	size_t capacity; /* in slots: 0 or a power of two */
	struct layout layout; /* of one item */
};

#define DEQUE(type)                     \
	union {                         \
		struct deque_core core; \
		type *item;             \
	}
#define DEQUE_EMPTY(type) { .core = { NULL, 0, 0, 0, LAYOUT_OF(type) } }

/*
 * Put a copy of *item at an end; it may be an item of the same deque.  False when
 * there is no memory; the deque is unchanged then.  Amortised constant time.
 */
bool deque_core_push_front(struct deque_core *deque, const void *item);
bool deque_core_push_back(struct deque_core *deque, const void *item);

/*
 * Take the item at an end out and copy it to *item, unless that is NULL.  False
 * when the deque is empty.
 */
bool deque_core_pop_front(struct deque_core *deque, void *item);
bool deque_core_pop_back(struct deque_core *deque, void *item);

/* The item at index, counted from the front.  Panics beyond the length. */
void *deque_core_item(const struct deque_core *deque, size_t index);

void deque_core_free(struct deque_core *deque);

/*
 * The same, typed.  A value of another type does not compile.
 */
#define deque_push_(push, deque, value)                    \
	({                                                 \
		ITEM_TYPE(deque) deque_value_ = (value);   \
		ASSERT_SAME_TYPE(deque_value_, (value));   \
		push(&(deque)->core, &deque_value_);       \
	})
#define deque_push_front(deque, value) \
	deque_push_(deque_core_push_front, deque, value)
#define deque_push_back(deque, value) \
	deque_push_(deque_core_push_back, deque, value)

#define deque_pop_(pop, deque, into)                        \
	({                                                  \
		ASSERT_SAME_TYPE(*(into), *(deque)->item);  \
		pop(&(deque)->core, (into));                \
	})
#define deque_pop_front(deque, into) \
	deque_pop_(deque_core_pop_front, deque, into)
#define deque_pop_back(deque, into) \
	deque_pop_(deque_core_pop_back, deque, into)

#define deque_at(deque, index) \
	(*(__typeof__((deque)->item))deque_core_item(&(deque)->core, (index)))
#define deque_length(deque) ((deque)->core.length)
#define deque_free(deque) deque_core_free(&(deque)->core)

#endif
