#include "collections/btree.h"

#include "collections/btree_node.h"
#include "lib/panic.h"
#include "lib/string.h"

/* ---- Looking --------------------------------------------------------------- */

void *btree_core_find(const struct btree_core *tree, const void *key)
{
	struct btree_node *node = tree->root;

	while (node) {
		bool found;
		size_t i = btree_position(tree, node, key, &found);

		if (found)
			return btree_entry(tree, node, i);
		node = node->is_leaf ? NULL : btree_children(tree, node)[i];
	}
	return NULL;
}

void *btree_core_first(const struct btree_core *tree)
{
	struct btree_node *node = tree->root;

	while (node && !node->is_leaf)
		node = btree_children(tree, node)[0];
	return node ? btree_entry(tree, node, 0) : NULL;
}

void *btree_core_after(const struct btree_core *tree, const void *key)
{
	struct btree_node *node = tree->root;
	void *least = NULL; /* of the greater ones on the way down */

	while (node) {
		bool found;
		size_t i = btree_position(tree, node, key, &found);

		if (found)
			i++;
		if (i < node->count)
			least = btree_entry(tree, node, i);
		node = node->is_leaf ? NULL : btree_children(tree, node)[i];
	}
	return least;
}

/* ---- Putting in ------------------------------------------------------------ */

/* Make a gap in the node, which has room, and fill it. */
static void put_entry(const struct btree_core *tree, struct btree_node *node,
		      size_t index, const void *entry)
{
	btree_move_entries(tree, node, index + 1, node, index,
			   node->count - index);
	memcpy(btree_entry(tree, node, index), entry, tree->layout.size);
	node->count++;
}

/*
 * Split the full child at that index of a node that has room: its upper half
 * becomes a node of its own, and the entry between the halves moves up.  False
 * when there is no memory; nothing has changed then.
 */
static bool split_child(const struct btree_core *tree, struct btree_node *node,
			size_t index)
{
	struct btree_node *low = btree_children(tree, node)[index];
	struct btree_node *high = btree_node_new(tree, low->is_leaf);

	if (!high)
		return false;
	high->count = BTREE_FEWEST;
	btree_move_entries(tree, high, 0, low, BTREE_MIN_DEGREE, high->count);
	btree_move_children(tree, high, 0, low, BTREE_MIN_DEGREE,
			    high->count + 1);
	low->count = BTREE_FEWEST;
	btree_move_children(tree, node, index + 2, node, index + 1,
			    node->count - index);
	btree_children(tree, node)[index + 1] = high;
	put_entry(tree, node, index, btree_entry(tree, low, BTREE_FEWEST));
	return true;
}

/* Make sure that the root exists and has room.  False when there is no memory. */
static bool make_room_in_root(struct btree_core *tree)
{
	struct btree_node *root = tree->root;

	if (!root)
		return (tree->root = btree_node_new(tree, true));
	if (root->count < BTREE_MOST)
		return true;
	root = btree_node_new(tree, false);
	if (!root)
		return false;
	btree_children(tree, root)[0] = tree->root;
	if (!split_child(tree, root, 0)) {
		btree_node_free(tree, root);
		return false;
	}
	tree->root = root;
	return true;
}

/*
 * Go down to the leaf that the entry belongs to.  A full child is split before it
 * is entered, so every node on the way has room for the entry that a split below
 * it sends up.  Splits that were made stay if a later one finds no memory: the
 * entries are the same.
 */
static bool insert_new(struct btree_core *tree, const void *entry)
{
	struct btree_node *node = tree->root;
	bool found;

	for (;;) {
		size_t i = btree_position(tree, node, entry, &found);

		if (node->is_leaf) {
			put_entry(tree, node, i, entry);
			tree->length++;
			return true;
		}
		if (btree_children(tree, node)[i]->count == BTREE_MOST) {
			if (!split_child(tree, node, i))
				return false;
			i = btree_position(tree, node, entry, &found);
		}
		node = btree_children(tree, node)[i];
	}
}

bool btree_core_insert(struct btree_core *tree, const void *entry)
{
	void *old = btree_core_find(tree, entry);

	if (old) {
		memmove(old, entry, tree->layout.size);
		return true;
	}
	return make_room_in_root(tree) && insert_new(tree, entry);
}

/* ---- All of it ------------------------------------------------------------- */

/* The recursion is as deep as the tree: 24 levels hold 2^60 entries. */
static void free_below(const struct btree_core *tree, struct btree_node *node)
{
	if (!node->is_leaf)
		for (size_t i = 0; i <= node->count; i++)
			free_below(tree, btree_children(tree, node)[i]);
	btree_node_free(tree, node);
}

void btree_core_free(struct btree_core *tree)
{
	if (tree->root)
		free_below(tree, tree->root);
	tree->root = NULL;
	tree->length = 0;
}

/* What the check knows on its way through the entries in order. */
struct checking {
	const struct btree_core *tree;
	const void *previous; /* the entry before, or NULL */
	size_t length; /* entries so far */
	size_t leaf_depth; /* of the first leaf; 0: none yet */
};

static void check_entry(struct checking *checking, const void *entry)
{
	require(!checking->previous ||
			checking->tree->compare(checking->previous, entry) < 0,
		"entry %zu of the tree is not greater than the one before",
		checking->length);
	checking->previous = entry;
	checking->length++;
}

static void check_below(struct checking *checking, struct btree_node *node,
			size_t depth)
{
	const struct btree_core *tree = checking->tree;

	require(node->count <= BTREE_MOST &&
			node->count >= (depth == 1 ? 1 : BTREE_FEWEST),
		"a node at depth %zu has %zu entries", depth, node->count);
	if (node->is_leaf) {
		if (!checking->leaf_depth)
			checking->leaf_depth = depth;
		require(depth == checking->leaf_depth,
			"leaves at depth %zu and %zu", checking->leaf_depth,
			depth);
	}
	for (size_t i = 0; i <= node->count; i++) {
		if (!node->is_leaf)
			check_below(checking, btree_children(tree, node)[i],
				    depth + 1);
		if (i < node->count)
			check_entry(checking, btree_entry(tree, node, i));
	}
}

void btree_core_check(const struct btree_core *tree)
{
	struct checking checking = { .tree = tree };

	if (tree->root)
		check_below(&checking, tree->root, 1);
	require(checking.length == tree->length,
		"a tree of %zu entries counts %zu", checking.length,
		tree->length);
}
