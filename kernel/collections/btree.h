/*
 * A B-tree: entries in ascending order, found, put in and taken out in logarithmic
 * time.  The core of btree_map.h and btree_set.h.
 *
 *                     +----------+
 *                     |  4   9   |                a node: 5 to 11 entries
 *                     +-/---|---\+                (the root: 1 to 11), and
 *                 /---     |     ---\             one child more than those
 *          +-------+   +-------+   +-------+
 *          | 1 2 3 |   | 5 6 8 |   | 10 12 |
 *          +-------+   +-------+   +-------+
 *
 * Rudolf Bayer and Edward M. McCreight, "Organization and Maintenance of Large
 * Ordered Indexes", 1972; in one pass down, as in Cormen et al., "Introduction to
 * Algorithms", chapter 18, with minimum degree 6.
 */
#ifndef COLLECTIONS_BTREE_H
#define COLLECTIONS_BTREE_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/*
 * Below 0, 0 or above 0, as the key at `one` is less than, equal to or greater
 * than the one at `other`.  An entry begins with its key.
 */
typedef int key_compare(const void *one, const void *other);

struct btree_node;

struct btree_core {
	struct btree_node *root; /* NULL exactly when it is empty */
	size_t length;
	struct layout layout; /* of an entry */
	key_compare *compare;
};

#define BTREE_CORE_EMPTY(entry_type, compare_function) \
	{ NULL, 0, LAYOUT_OF(entry_type), compare_function }

/*
 * Each `key` below is the address of a key, for which an entry will do, too.  An
 * entry's address is good until an entry is put in or taken out.
 */

/* The entry with that key, or NULL. */
void *btree_core_find(const struct btree_core *tree, const void *key);

/*
 * Put a copy of *entry in, in place of one with an equal key.  False when there is
 * no memory; the entries are unchanged then.
 */
bool btree_core_insert(struct btree_core *tree, const void *entry);

/*
 * Take the entry with that key out and copy it to *entry, unless that is NULL; the
 * key itself must not lie in the tree.  False when there is none.  Needs no memory.
 */
bool btree_core_remove(struct btree_core *tree, const void *key, void *entry);

/* The least entry, or NULL. */
void *btree_core_first(const struct btree_core *tree);

/* The least entry that is greater than the key, or NULL. */
void *btree_core_after(const struct btree_core *tree, const void *key);

void btree_core_free(struct btree_core *tree);

/*
 * Panics unless entries ascend, nodes are filled as they must be, and all leaves
 * are equally deep.
 */
void btree_core_check(const struct btree_core *tree);

/* Every entry in order, by address.  No entry may come or go meanwhile. */
#define btree_for_each_(name, tree)                                         \
	for (__typeof__((tree)->item) name = btree_core_first(&(tree)->core); \
	     name; name = btree_core_after(&(tree)->core, name))

#endif
