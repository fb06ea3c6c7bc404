#include "collections/linked_list.h"

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static size_t item_offset(const struct list_core *list)
{
	return align_up(sizeof(struct list_node), list->layout.align);
}

static struct layout node_layout(const struct list_core *list)
{
	size_t align = list->layout.align;

	if (align < _Alignof(struct list_node))
		align = _Alignof(struct list_node);
	return (struct layout){ item_offset(list) + list->layout.size, align };
}

void *list_core_item(const struct list_core *list, struct list_node *node)
{
	return node ? (char *)node + item_offset(list) : NULL;
}

struct list_node *list_core_node(const struct list_core *list, void *item)
{
	return (struct list_node *)((char *)item - item_offset(list));
}

void *list_core_next(const struct list_core *list, void *item)
{
	return list_core_item(list, list_core_node(list, item)->next);
}

/* The pointers that lead to whatever is between two nodes, or at an end. */
static struct list_node **link_behind(struct list_core *list,
				      struct list_node *previous)
{
	return previous ? &previous->next : &list->first;
}

static struct list_node **link_before(struct list_core *list,
				      struct list_node *next)
{
	return next ? &next->previous : &list->last;
}

bool list_core_insert(struct list_core *list, struct list_node *before,
		      const void *item)
{
	struct list_node *node = alloc(node_layout(list));

	if (!node)
		return false;
	node->previous = *link_before(list, before);
	node->next = before;
	memcpy(list_core_item(list, node), item, list->layout.size);
	*link_behind(list, node->previous) = node;
	*link_before(list, before) = node;
	list->length++;
	return true;
}

bool list_core_remove(struct list_core *list, struct list_node *node,
		      void *item)
{
	if (!node)
		return false;
	if (item)
		memcpy(item, list_core_item(list, node), list->layout.size);
	*link_behind(list, node->previous) = node->next;
	*link_before(list, node->next) = node->previous;
	list->length--;
	dealloc(node, node_layout(list));
	return true;
}

void list_core_free(struct list_core *list)
{
	while (list_core_remove(list, list->first, NULL))
		;
}

void list_core_check(const struct list_core *list)
{
	const struct list_node *previous = NULL;
	size_t length = 0;

	for (struct list_node *node = list->first; node; node = node->next) {
		require(node->previous == previous,
			"node %zu of the list does not point back", length);
		previous = node;
		length++;
	}
	require(list->last == previous, "the list's last node is another");
	require(list->length == length, "a list of %zu nodes counts %zu",
		length, list->length);
}
