/* Map, set and binary heap against an array with a place for every key. */
#include "collections/binary_heap.h"
#include "collections/btree_map.h"
#include "collections/btree_set.h"

#include "memory.h"

#define KEYS 1500

static int int_compare(const void *one, const void *other)
{
	int first = *(const int *)one, second = *(const int *)other;

	return (first > second) - (first < second);
}

static bool int_less(const void *one, const void *other)
{
	return int_compare(one, other) < 0;
}

static int model[KEYS]; /* the key's value; 0: it is not in the map */
static BTREE_MAP(int, int) map = BTREE_MAP_EMPTY(map, int_compare);
static BTREE_SET(int) set = BTREE_SET_EMPTY(int, int_compare);

static void compare(void)
{
	int next = 0;
	size_t length = 0;

	btree_core_check(&map.core);
	btree_core_check(&set.core);
	map_for_each(entry, &map) {
		while (next < entry->key)
			must(model[next++] == 0);
		must(model[next++] == entry->value);
		must(set_has(&set, entry->key));
		length++;
	}
	while (next < KEYS)
		must(model[next++] == 0);
	must(map_length(&map) == length && set_length(&set) == length);
}

static void insert(int key)
{
	int value = 1 + (int)random_below(1000);

	must(map_insert(&map, key, value));
	must(set_insert(&set, key));
	model[key] = value;
}

static void remove_key(int key)
{
	must(map_remove(&map, key) == (model[key] != 0));
	must(set_remove(&set, key) == (model[key] != 0));
	model[key] = 0;
}

static void against_the_model(void)
{
	for (int i = 0; i < OPERATIONS; i++) {
		int key = (int)random_below(KEYS);
		int *found = map_find(&map, key);

		must(found ? *found == model[key] : model[key] == 0);
		/* Fuller and emptier by turns. */
		if (random_below(100) < (i / 20000 % 2 ? 20 : 80))
			insert(key);
		else
			remove_key(key);
		if (i % 2500 == 0)
			compare();
	}
	compare();
	for (int key = 0; key < KEYS; key++)
		remove_key(key);
	must(!map.core.root && !set.core.root && memory_blocks() == 0);
}

static bool fill_tree(void)
{
	BTREE_SET(int) small = BTREE_SET_EMPTY(int, int_compare);
	bool done = true;
	int count = 0;

	while (count < 300 && done) {
		done = set_insert(&small, count);
		btree_core_check(&small.core);
		count += done;
		must(set_length(&small) == (size_t)count);
	}
	for (int i = 0; i < count; i++)
		must(set_has(&small, i));
	set_free(&small);
	must(memory_blocks() == 0);
	return done;
}

static void wide_entries(void)
{
	struct wide {
		_Alignas(64) int number;
	};
	BTREE_MAP(int, struct wide) wide = BTREE_MAP_EMPTY(wide, int_compare);
	struct wide value = { 41 };

	must(map_insert(&wide, 1, value));
	must((uint64_t)map_find(&wide, 1) % 64 == 0);
	must(map_find(&wide, 1)->number == 41);
	map_free(&wide);
}

static void heap_sorts(void)
{
	BINARY_HEAP(int) heap = BINARY_HEAP_EMPTY(int, int_less);
	int counts[KEYS] = { 0 }, item, last;

	for (int round = 0; round < 50; round++) {
		for (int i = 0; i < OPERATIONS / 100; i++) {
			item = (int)random_below(KEYS);
			counts[item]++;
			must(binary_heap_push(&heap, item));
		}
		binary_heap_core_check(&heap.core);
		last = binary_heap_peek(&heap);
		while (binary_heap_pop(&heap, &item)) {
			must(item <= last);
			last = item;
			must(counts[item]-- > 0);
		}
	}
	for (int i = 0; i < KEYS; i++)
		must(counts[i] == 0);
	binary_heap_free(&heap);
}

static bool fill_heap(void)
{
	BINARY_HEAP(int) heap = BINARY_HEAP_EMPTY(int, int_less);
	bool done = true;

	for (int i = 0; i < 100 && done; i++)
		done = binary_heap_push(&heap, i);
	binary_heap_core_check(&heap.core);
	binary_heap_free(&heap);
	must(memory_blocks() == 0);
	return done;
}

int main(void)
{
	against_the_model();
	refuse_each(fill_tree);
	wide_entries();
	heap_sorts();
	refuse_each(fill_heap);
	must(memory_blocks() == 0);
	printf("ok\n");
}
