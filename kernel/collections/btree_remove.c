/*
 * Taking an entry out of a B-tree, in one pass down.  A child is entered only when
 * it has an entry more than it needs, so one can be taken from it, or from below
 * it, without coming back up.
 */
#include "collections/btree.h"

#include "collections/btree_node.h"
#include "lib/string.h"

static void copy_entry(const struct btree_core *tree, void *to,
		       const void *from)
{
	memcpy(to, from, tree->layout.size);
}

/* Close the gap of an entry that was copied elsewhere. */
static void close_entry(const struct btree_core *tree, struct btree_node *node,
			size_t index)
{
	node->count--;
	btree_move_entries(tree, node, index, node, index + 1,
			   node->count - index);
}

/* The last entry of the left child goes up, the one between them to the right. */
static void rotate_right(const struct btree_core *tree, struct btree_node *node,
			 size_t index)
{
	struct btree_node *left = btree_children(tree, node)[index];
	struct btree_node *right = btree_children(tree, node)[index + 1];

	btree_move_entries(tree, right, 1, right, 0, right->count);
	btree_move_children(tree, right, 1, right, 0, right->count + 1);
	btree_move_entries(tree, right, 0, node, index, 1);
	btree_move_entries(tree, node, index, left, left->count - 1, 1);
	btree_move_children(tree, right, 0, left, left->count, 1);
	left->count--;
	right->count++;
}

/* And the other way round. */
static void rotate_left(const struct btree_core *tree, struct btree_node *node,
			size_t index)
{
	struct btree_node *left = btree_children(tree, node)[index];
	struct btree_node *right = btree_children(tree, node)[index + 1];

	btree_move_entries(tree, left, left->count, node, index, 1);
	btree_move_entries(tree, node, index, right, 0, 1);
	btree_move_children(tree, left, left->count + 1, right, 0, 1);
	btree_move_children(tree, right, 0, right, 1, right->count);
	close_entry(tree, right, 0);
	left->count++;
}

/*
 * Two children with the fewest entries, and the entry between them, become one,
 * which is returned.
 */
static struct btree_node *merge(const struct btree_core *tree,
				struct btree_node *node, size_t index)
{
	struct btree_node *left = btree_children(tree, node)[index];
	struct btree_node *right = btree_children(tree, node)[index + 1];

	btree_move_entries(tree, left, left->count, node, index, 1);
	btree_move_entries(tree, left, left->count + 1, right, 0, right->count);
	btree_move_children(tree, left, left->count + 1, right, 0,
			    right->count + 1);
	left->count += 1 + right->count;
	btree_move_children(tree, node, index + 1, node, index + 2,
			    node->count - index - 1);
	close_entry(tree, node, index);
	btree_node_free(tree, right);
	return left;
}

/* The child at that index, made to have more than the fewest entries. */
static struct btree_node *enter_child(const struct btree_core *tree,
				      struct btree_node *node, size_t index)
{
	struct btree_node **children = btree_children(tree, node);

	if (children[index]->count > BTREE_FEWEST)
		return children[index];
	if (index > 0 && children[index - 1]->count > BTREE_FEWEST)
		rotate_right(tree, node, index - 1);
	else if (index < node->count &&
		 children[index + 1]->count > BTREE_FEWEST)
		rotate_left(tree, node, index);
	else
		return merge(tree, node, index ? index - 1 : 0);
	return children[index];
}

/* Move the greatest entry below the node to *entry. */
static void take_greatest(const struct btree_core *tree,
			  struct btree_node *node, void *entry)
{
	while (!node->is_leaf)
		node = enter_child(tree, node, node->count);
	node->count--;
	copy_entry(tree, entry, btree_entry(tree, node, node->count));
}

/* Move the least one. */
static void take_least(const struct btree_core *tree, struct btree_node *node,
		       void *entry)
{
	while (!node->is_leaf)
		node = enter_child(tree, node, 0);
	copy_entry(tree, entry, btree_entry(tree, node, 0));
	close_entry(tree, node, 0);
}

/*
 * Take the entry at that index, whose neighbour below takes its place.  If neither
 * child can spare one, the entry moves down into the node that they are merged into:
 * then that node is returned, and the entry must be looked for there.
 */
static struct btree_node *take_entry(const struct btree_core *tree,
				     struct btree_node *node, size_t index)
{
	struct btree_node **children = btree_children(tree, node);
	void *gap = btree_entry(tree, node, index);

	if (node->is_leaf)
		close_entry(tree, node, index);
	else if (children[index]->count > BTREE_FEWEST)
		take_greatest(tree, children[index], gap);
	else if (children[index + 1]->count > BTREE_FEWEST)
		take_least(tree, children[index + 1], gap);
	else
		return merge(tree, node, index);
	return NULL;
}

/* A root without entries gives way to its only child, or to nothing. */
static void drop_empty_root(struct btree_core *tree)
{
	struct btree_node *root = tree->root;

	if (root->count > 0)
		return;
	tree->root = root->is_leaf ? NULL : btree_children(tree, root)[0];
	btree_node_free(tree, root);
}

bool btree_core_remove(struct btree_core *tree, const void *key, void *entry)
{
	const void *found_entry = btree_core_find(tree, key);
	struct btree_node *node = tree->root;

	if (!found_entry)
		return false;
	if (entry)
		copy_entry(tree, entry, found_entry);
	while (node) {
		bool found;
		size_t i = btree_position(tree, node, key, &found);

		node = found ? take_entry(tree, node, i) :
			       enter_child(tree, node, i);
	}
	tree->length--;
	drop_empty_root(tree);
	return true;
}
