/*
 * The tests of lab 5's second half: coalescing, padding, edges, and all of it
 * together.
 */
#include "tests.h"

#include "memory/allocator.h"
#include "model.h"
#include "rules.h"
#include "test/test.h"

/* Most blocks are small and of ordinary alignment, as in a real program. */
static struct layout random_layout(void)
{
	size_t size = 1 + test_random_below(1ull << test_random_below(11));
	size_t align = 1ull << test_random_below(6);

	if (test_random_below(16) == 0)
		size += test_random_below(4096);
	if (test_random_below(16) == 0)
		align = 1ull << test_random_below(13);
	return (struct layout){ size, align };
}

/* With nothing in use: the largest request of the fresh heap is possible. */
static void check_whole(size_t largest)
{
	check(&rule_whole, model_try_take(largest, 1),
	      "the largest block of the fresh heap", "NULL for %zu bytes",
	      largest);
	model_give_all();
}

/* Fill the heap with blocks of random layout to the last byte. */
static void fill_heap(void)
{
	struct layout layout = { 16, 16 };

	model_take(layout.size, layout.align);
	while (model_try_take(layout.size, layout.align))
		layout = random_layout();
	while (model_try_take(1, 1))
		;
}

/* Each block's neighbour below is free already when it comes back. */
void free_upwards(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	fill_heap();
	model_sort(false);
	model_give_all();
	check_whole(largest);
}

/* Each block's neighbour above is free already when it comes back. */
void free_downwards(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	fill_heap();
	model_sort(true);
	model_give_all();
	check_whole(largest);
}

/* First every other block, then those that have a free one on each side. */
void free_every_other(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	fill_heap();
	model_sort(true);
	model_give_every_other();
	model_give_shuffled();
	check_whole(largest);
}

/* The gap in front of an aligned block is memory too. */
void padding(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t align = 32; align <= 4096; align *= 2) {
		model_take(1, 1);
		model_take(8, align);
		model_take(100, align);
		model_give_shuffled();
		check_whole(largest);
	}
}

/* Blocks smaller than whatever the allocator writes into free ones. */
void small_blocks(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < 300; i++)
		model_take(1 + i % 33, 1);
	model_give_shuffled();
	check_whole(largest);
}

/* ---- Heaps that are small, or too small ---------------------------------- */

/* Heaps of two thousand bytes, at any address and of any length. */
void tiny_heaps(void)
{
	uint8_t *heap = (uint8_t *)test_heap() + MODEL_GUARD;

	for (size_t round = 0; round < 100; round++) {
		size_t largest;

		model_begin_guarded(heap + test_random_below(64),
				    2000 + test_random_below(64));
		largest = model_largest();
		model_take(1, 1);
		for (size_t i = 0; i < 40; i++) {
			if (model.count && test_random_below(3) == 0)
				model_give(test_random_below(model.count));
			else
				model_try_take(1 + test_random_below(100),
					       1ull << test_random_below(7));
		}
		model_give_shuffled();
		check_whole(largest);
		model_check_guards();
	}
}

/* A heap without room for anything is empty, and nothing is written past it. */
void no_room(void)
{
	uint8_t *heap = (uint8_t *)test_heap() + MODEL_GUARD;

	model_begin_guarded(heap, 2000);
	model_take(1, 1);
	for (size_t size = 0; size <= 64; size++) {
		for (size_t offset = 0; offset < 16; offset += 5) {
			model_begin_guarded(heap + offset, size);
			while (model_try_take(1, 1))
				;
			model_give_all();
			model_check_guards();
		}
	}
}

/* ---- Everything together ------------------------------------------------- */

/*
 * Ten thousand operations: the heap fills up, empties, and fills up again.
 */
void random_operations(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < 10000; i++) {
		bool filling = i / 500 % 2 == 0;
		struct layout layout = random_layout();

		if ((test_random_below(4) != 0) == filling)
			model_try_take(layout.size, layout.align);
		else if (model.count)
			model_give(test_random_below(model.count));
	}
	model_check_all();
	model_give_shuffled();
	check_whole(largest);
}

/* How much of the heap a program can use, in the best moment of a long run. */
void utilisation(void)
{
	size_t peak = 0;

	model_begin_whole_heap();
	model_take(1, 1);
	for (size_t i = 0; i < 2000; i++) {
		size_t largest = 16 << test_random_below(7);
		size_t size = 16 + test_random_below(largest);

		if (model.count == 0 || test_random_below(4))
			model_try_take(size, 8);
		else
			model_give(test_random_below(model.count));
		if (model.in_use > peak)
			peak = model.in_use;
	}
	test_show("in use at the peak: %zu %%", peak * 100 / model.size);
	check(&rule_utilisation, peak * 100 / model.size >= 45,
	      "45 % of the heap or more", "%zu of %zu bytes", peak,
	      model.size);
}
