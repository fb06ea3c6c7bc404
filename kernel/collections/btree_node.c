#include "collections/btree_node.h"

#include "lib/string.h"

static struct layout node_layout(const struct btree_core *tree, bool is_leaf)
{
	size_t size = btree_children_offset(tree);
	size_t align = tree->layout.align;

	if (!is_leaf)
		size += (BTREE_MOST + 1) * sizeof(struct btree_node *);
	if (align < _Alignof(struct btree_node))
		align = _Alignof(struct btree_node);
	return (struct layout){ size, align };
}

struct btree_node *btree_node_new(const struct btree_core *tree, bool is_leaf)
{
	struct btree_node *node = alloc(node_layout(tree, is_leaf));

	if (node)
		*node = (struct btree_node){ 0, is_leaf };
	return node;
}

void btree_node_free(const struct btree_core *tree, struct btree_node *node)
{
	dealloc(node, node_layout(tree, node->is_leaf));
}

size_t btree_position(const struct btree_core *tree, struct btree_node *node,
		      const void *key, bool *found)
{
	for (size_t i = 0; i < node->count; i++) {
		int order = tree->compare(key, btree_entry(tree, node, i));

		if (order <= 0) {
			*found = order == 0;
			return i;
		}
	}
	*found = false;
	return node->count;
}

void btree_move_entries(const struct btree_core *tree, struct btree_node *to,
			size_t to_index, struct btree_node *from,
			size_t from_index, size_t count)
{
	memmove(btree_entry(tree, to, to_index),
		btree_entry(tree, from, from_index),
		count * tree->layout.size);
}

void btree_move_children(const struct btree_core *tree, struct btree_node *to,
			 size_t to_index, struct btree_node *from,
			 size_t from_index, size_t count)
{
	if (!from->is_leaf)
		memmove(btree_children(tree, to) + to_index,
			btree_children(tree, from) + from_index,
			count * sizeof(struct btree_node *));
}
