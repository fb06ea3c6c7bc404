/*
 * A map in the order of its keys.
 *
 *   BTREE_MAP(int, char) letters = BTREE_MAP_EMPTY(letters, int_compare);
 *
 *   map_insert(&letters, 41, (char)'a');
 *   map_for_each(entry, &letters)
 *           kprintf("%d: %c\n", entry->key, entry->value);
 */
#ifndef COLLECTIONS_BTREE_MAP_H
#define COLLECTIONS_BTREE_MAP_H

#include "collections/btree.h"

#define BTREE_MAP(key_type, value_type)  \
	union {                          \
		struct btree_core core;  \
		struct {                 \
			key_type key;    \
			value_type value; \
		} *item;                 \
	}
/* Takes the name of the map that it is for. */
#define BTREE_MAP_EMPTY(map, compare_function) \
	{ .core = BTREE_CORE_EMPTY(__typeof__(*(map).item), compare_function) }

/*
 * Map the key to the value, in place of the one before.  False when there
 * is no memory; the map is unchanged then.
 */
#define map_insert(map, new_key, new_value)                            \
	({                                                             \
		ITEM_TYPE(map) map_entry_ = { (new_key), (new_value) }; \
		ASSERT_SAME_TYPE(map_entry_.key, (new_key));           \
		ASSERT_SAME_TYPE(map_entry_.value, (new_value));       \
		btree_core_insert(&(map)->core, &map_entry_);          \
	})

/* The address of the value that belongs to the key, or NULL. */
#define map_find(map, sought_key)                                      \
	({                                                             \
		__typeof__((map)->item->key) map_key_ = (sought_key);  \
		ASSERT_SAME_TYPE(map_key_, (sought_key));              \
		__typeof__((map)->item) map_found_ =                   \
			btree_core_find(&(map)->core, &map_key_);      \
		map_found_ ? &map_found_->value : NULL;                \
	})

/* Take the key and its value out.  False when there is none. */
#define map_remove(map, removed_key)                                   \
	({                                                             \
		__typeof__((map)->item->key) map_key_ = (removed_key); \
		ASSERT_SAME_TYPE(map_key_, (removed_key));             \
		btree_core_remove(&(map)->core, &map_key_, NULL);      \
	})

#define map_length(map) ((map)->core.length)

/* Every entry in order, as a pointer to its key and value. */
#define map_for_each(name, map) btree_for_each_(name, map)

#define map_free(map) btree_core_free(&(map)->core)

#endif
