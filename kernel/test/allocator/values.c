/*
 * Tests that use an allocator as programs do: values in boxes, and a vector.
 */
#include "test/allocator/tests.h"

#include "collections/box.h"
#include "collections/vec.h"
#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

/* A box, if there is one; it is looked at before anything is written to it. */
static int *try_new_int(int value)
{
	int *box = alloc(LAYOUT_OF(int));

	if (!box)
		return NULL;
	model_check_place((const uint8_t *)box, LAYOUT_OF(int));
	*box = value;
	return box;
}

static int *new_int(int value)
{
	int *box = try_new_int(value);

	check(&rule_room, box, "a box for an int", "NULL");
	return box;
}

static void check_int(const int *box, int expected)
{
	check(&rule_values, *box == expected, "the value that was assigned",
	      "%d instead of %d at %p", *box, expected, (const void *)box);
}

/* Two boxes live side by side, each with its own value. */
void simple_allocation(void)
{
	int *heap_value_1, *heap_value_2;

	model_begin_whole_heap();
	heap_value_1 = new_int(41);
	heap_value_2 = new_int(13);
	check_int(heap_value_1, 41);
	check_int(heap_value_2, 13);
	box_free(heap_value_1);
	check_int(heap_value_2, 13);
	box_free(heap_value_2);
}

/* As many boxes as the heap has bytes, one after the other. */
void many_boxes(void)
{
	model_begin_whole_heap();
	for (int i = 0; i < (int)test_repetitions(HEAP_SIZE); i++) {
		int *box = new_int(i);

		check_int(box, i);
		box_free(box);
	}
}

/*
 * The same, while one box stays: no design needs more than 64 bytes for an int,
 * but those that reclaim nothing reach the end of the heap.
 */
void many_boxes_long_lived(void)
{
	int boxes = (int)test_repetitions(HEAP_SIZE);
	int *long_lived;

	model_begin(test_heap(), boxes);
	long_lived = new_int(1);
	for (int i = 0; i < boxes; i++) {
		int *box = try_new_int(i);

		check(&rule_room, box || i > boxes / 64, "a box for an int",
		      "NULL for box %d", i);
		if (!box)
			test_cannot(&rule_reuse, LAYOUT_OF(int));
		check_int(box, i);
		box_free(box);
	}
	check_int(long_lived, 1);
	box_free(long_lived);
}

/*
 * A vector moves to a larger block again and again, and keeps its items; a box that
 * was there first keeps its value.
 */
void large_vec(void)
{
	const uint64_t n = 1000;
	VEC(uint64_t) vec = VEC_EMPTY(uint64_t);
	uint64_t sum = 0;
	int *beside;

	model_begin_whole_heap();
	beside = new_int(41);
	for (uint64_t i = 0; i < n; i++)
		check(&rule_room, vec_push(&vec, i), "room for an item",
		      "none at item %zu", (size_t)i);
	for (uint64_t i = 0; i < n; i++)
		sum += vec_at(&vec, i);
	check_count(&rule_values, "the sum of the items", (n - 1) * n / 2, sum);
	check_int(beside, 41);
	vec_free(&vec);
	box_free(beside);
}
