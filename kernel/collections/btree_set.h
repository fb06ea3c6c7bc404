/*
 * A set in the order of its keys.
 *
 *   BTREE_SET(int) seen = BTREE_SET_EMPTY(int, int_compare);
 *
 *   set_insert(&seen, 41);
 */
#ifndef COLLECTIONS_BTREE_SET_H
#define COLLECTIONS_BTREE_SET_H

#include "collections/btree.h"

#define BTREE_SET(type)                 \
	union {                         \
		struct btree_core core; \
		type *item;             \
	}
#define BTREE_SET_EMPTY(type, compare_function) \
	{ .core = BTREE_CORE_EMPTY(type, compare_function) }

#define set_call_(function, set, key, ...)                           \
	({                                                           \
		ITEM_TYPE(set) set_key_ = (key);                     \
		ASSERT_SAME_TYPE(set_key_, (key));                   \
		function(&(set)->core, &set_key_, ##__VA_ARGS__);    \
	})

/* False when there is no memory; the set is unchanged then. */
#define set_insert(set, key) set_call_(btree_core_insert, set, key)
#define set_has(set, key) (set_call_(btree_core_find, set, key) != NULL)
/* False when it is not in the set. */
#define set_remove(set, key) set_call_(btree_core_remove, set, key, NULL)

#define set_length(set) ((set)->core.length)

/* Every key in order, as a pointer to it. */
#define set_for_each(name, set) btree_for_each_(name, set)

#define set_free(set) btree_core_free(&(set)->core)

#endif
