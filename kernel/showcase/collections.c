/* One use of each collection. */
#include <stdbool.h>
#include <stdint.h>

#include "collections/arc.h"
#include "collections/binary_heap.h"
#include "collections/btree_map.h"
#include "collections/btree_set.h"
#include "collections/deque.h"
#include "collections/linked_list.h"
#include "collections/text.h"
#include "lib/console.h"
#include "showcase/showcase.h"

/* The end of whatever could not be stored. */
static void must_have(bool had_memory)
{
	if (!had_memory)
		alloc_error_handler(LAYOUT_OF(int));
}

static int int_compare(const void *one, const void *other)
{
	int first = *(const int *)one, second = *(const int *)other;

	return (first > second) - (first < second);
}

static bool int_less(const void *one, const void *other)
{
	return int_compare(one, other) < 0;
}

static void show_text(void)
{
	struct text text = TEXT_EMPTY;

	must_have(text_append(&text, "text"));
	must_have(text_format(&text, " of %zu bytes", text_length(&text)));
	kprintf("%s\n", text_bytes(&text));
	text_free(&text);
}

static void show_list_and_deque(void)
{
	LIST(int) list = LIST_EMPTY(int);
	DEQUE(int) deque = DEQUE_EMPTY(int);
	int item;

	for (int i = 1; i <= 3; i++)
		must_have(list_push_front(&list, i) &&
			  deque_push_back(&deque, i));
	kprintf("list:");
	list_for_each(number, &list)
		kprintf(" %d", *number);
	kprintf("\ndeque:");
	while (deque_pop_front(&deque, &item))
		kprintf(" %d", item);
	kprintf("\n");
	list_free(&list);
	deque_free(&deque);
}

static void show_binary_heap(void)
{
	static const int numbers[] = { 2, 3, 1 };
	BINARY_HEAP(int) heap = BINARY_HEAP_EMPTY(int, int_less);
	int item;

	for (int i = 0; i < 3; i++)
		must_have(binary_heap_push(&heap, numbers[i]));
	kprintf("binary heap:");
	while (binary_heap_pop(&heap, &item))
		kprintf(" %d", item);
	kprintf("\n");
	binary_heap_free(&heap);
}

static void show_trees(void)
{
	BTREE_MAP(int, int) squares = BTREE_MAP_EMPTY(squares, int_compare);
	BTREE_SET(int) odd = BTREE_SET_EMPTY(int, int_compare);

	for (int i = 20; i > 0; i--) {
		must_have(map_insert(&squares, i, i * i));
		if (i % 2)
			must_have(set_insert(&odd, i));
	}
	kprintf("map: %zu squares, the last of them", map_length(&squares));
	kprintf(" %d; set:", *map_find(&squares, 20));
	set_for_each(number, &odd)
		kprintf(" %d", *number);
	kprintf("\n");
	map_free(&squares);
	set_free(&odd);
}

static void show_arc(void)
{
	int *shared = arc_new(int, 41);
	ARC_WEAK(int) weak;

	must_have(shared);
	arc_downgrade(&weak, shared);
	kprintf("arc: %zu owners", arc_count(arc_retain(shared)));
	arc_release(shared);
	arc_release(shared);
	kprintf(", then %s\n", arc_upgrade(&weak) ? "some" : "none");
	arc_release_weak(&weak);
}

void show_collections(const struct stage *stage)
{
	stage_heap(stage);
	show_text();
	show_list_and_deque();
	show_binary_heap();
	show_trees();
	show_arc();
}
