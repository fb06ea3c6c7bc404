/*
 * A node of a B-tree, and the one-line ways into it.  For btree*.c only.
 *
 *   +-------+---------+--------------------+----------------------------+
 *   | count | is_leaf | entries[11]        | children[12], if no leaf   |
 *   +-------+---------+--------------------+----------------------------+
 */
#ifndef COLLECTIONS_BTREE_NODE_H
#define COLLECTIONS_BTREE_NODE_H

#include "collections/btree.h"

#include "memory/align.h"

#define BTREE_MIN_DEGREE 6 /* of any node but the root: its fewest children */
#define BTREE_FEWEST (BTREE_MIN_DEGREE - 1) /* entries */
#define BTREE_MOST (2 * BTREE_MIN_DEGREE - 1)

struct btree_node {
	size_t count; /* entries in use */
	bool is_leaf;
};

static inline size_t btree_entries_offset(const struct btree_core *tree)
{
	return align_up(sizeof(struct btree_node), tree->layout.align);
}

static inline size_t btree_children_offset(const struct btree_core *tree)
{
	return align_up(btree_entries_offset(tree) +
				BTREE_MOST * tree->layout.size,
			_Alignof(struct btree_node *));
}

static inline void *btree_entry(const struct btree_core *tree,
				struct btree_node *node, size_t index)
{
	return (char *)node + btree_entries_offset(tree) +
	       index * tree->layout.size;
}

static inline struct btree_node **btree_children(const struct btree_core *tree,
						 struct btree_node *node)
{
	return (struct btree_node **)((char *)node +
				      btree_children_offset(tree));
}

/* An empty node, or NULL. */
struct btree_node *btree_node_new(const struct btree_core *tree, bool is_leaf);
void btree_node_free(const struct btree_core *tree, struct btree_node *node);

/*
 * How many of the node's entries are less than the key; *found says whether the
 * next one is equal.  Linear: a node has about two cache lines of keys.
 */
size_t btree_position(const struct btree_core *tree, struct btree_node *node,
		      const void *key, bool *found);

/* Copy entries from one node to another, or within one. */
void btree_move_entries(const struct btree_core *tree, struct btree_node *to,
			size_t to_index, struct btree_node *from,
			size_t from_index, size_t count);

/* The same for children; nothing if they are leaves. */
void btree_move_children(const struct btree_core *tree, struct btree_node *to,
			 size_t to_index, struct btree_node *from,
			 size_t from_index, size_t count);

#endif
