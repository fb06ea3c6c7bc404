/*
 * A doubly linked list: items that stay where they are, each in a block of its
 * own, with constant time at both ends and around any item.
 *
 *   LIST(int) numbers = LIST_EMPTY(int);
 *
 *   list_push_back(&numbers, 41);
 *   list_for_each(number, &numbers)
 *           kprintf("%d\n", *number);
 *   list_free(&numbers);
 *
 *   first                             last
 *     |                                |
 *     v                                v
 *   +------+------+------+    +------+------+------+
 *   | NULL |  next-------|--->| prev | NULL | item |
 *   +------+------+------+    +------+------+------+
 *          ^                     |
 *          +---------------------+
 */
#ifndef COLLECTIONS_LINKED_LIST_H
#define COLLECTIONS_LINKED_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/* The item follows, at a multiple of its align. */
struct list_node {
	struct list_node *previous;
	struct list_node *next;
};

/* Invariant: first and last are both NULL, or the ends of one chain. */
struct list_core {
	struct list_node *first;
	struct list_node *last;
	size_t length;
	struct layout layout; /* of one item */
};

#define LIST(type)                     \
	union {                        \
		struct list_core core; \
		type *item;            \
	}
#define LIST_EMPTY(type) { .core = { NULL, NULL, 0, LAYOUT_OF(type) } }

/*
 * Put a copy of *item in front of the node, or at the end if that is NULL.  False
 * when there is no memory; the list is unchanged then.
 */
bool list_core_insert(struct list_core *list, struct list_node *before,
		      const void *item);

/*
 * Take the node, which is one of the list's, out and copy its item to *item,
 * unless that is NULL.  False, and nothing done, if the node is NULL.
 */
bool list_core_remove(struct list_core *list, struct list_node *node,
		      void *item);

void list_core_free(struct list_core *list);

/* The item of a node, or NULL for NULL; and the node of an item of the list. */
void *list_core_item(const struct list_core *list, struct list_node *node);
struct list_node *list_core_node(const struct list_core *list, void *item);

/* The item after that one, or NULL. */
void *list_core_next(const struct list_core *list, void *item);

/* Panics unless the links in both directions and the length agree. */
void list_core_check(const struct list_core *list);

/*
 * The same, typed.  A value of another type does not compile.
 */
#define list_insert_node_(list, before, value)                            \
	({                                                                \
		ITEM_TYPE(list) list_value_ = (value);                    \
		ASSERT_SAME_TYPE(list_value_, (value));                   \
		list_core_insert(&(list)->core, (before), &list_value_);  \
	})
#define list_push_front(list, value) \
	list_insert_node_(list, (list)->core.first, value)
#define list_push_back(list, value) list_insert_node_(list, NULL, value)
/* In front of an item, which is given by its address. */
#define list_insert(list, before, value) \
	list_insert_node_(list, list_core_node(&(list)->core, (before)), value)

#define list_remove_node_(list, node, into)                              \
	({                                                               \
		ASSERT_SAME_TYPE(*(into), *(list)->item);                \
		list_core_remove(&(list)->core, (node), (into));         \
	})
/* False when the list is empty. */
#define list_pop_front(list, into) \
	list_remove_node_(list, (list)->core.first, into)
#define list_pop_back(list, into) \
	list_remove_node_(list, (list)->core.last, into)
/* Take out an item, which is given by its address. */
#define list_remove(list, removed)                                       \
	((void)list_core_remove(&(list)->core,                           \
				list_core_node(&(list)->core, (removed)), \
				NULL))

/* The items at the ends, by address; NULL when the list is empty. */
#define list_front(list)                                             \
	((__typeof__((list)->item))list_core_item(&(list)->core,     \
						  (list)->core.first))
#define list_back(list)                                              \
	((__typeof__((list)->item))list_core_item(&(list)->core,     \
						  (list)->core.last))

#define list_length(list) ((list)->core.length)

/* Every item in order, as a pointer called `name`, which must not be removed. */
#define list_for_each(name, list)                                         \
	for (__typeof__((list)->item) name = list_front(list); name;      \
	     name = list_core_next(&(list)->core, name))

#define list_free(list) list_core_free(&(list)->core)

#endif
