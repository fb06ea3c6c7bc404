/*
 * Tests of a heap that is full and then empty: whatever was given back, and in
 * whichever order, all of it is there again.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
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

/* Give all blocks back but that one, which may move in model.blocks. */
static void give_all_but(uint64_t number)
{
	for (size_t i = model.count; i-- > 0;) {
		if (model.blocks[i].number != number)
			model_give(i);
	}
}

/*
 * Of five blocks one stays, each in its turn: what is taken afterwards lies
 * apart from it.  When that one is gone, too, nothing is missing.
 */
void one_stays(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t stays = 0; stays < 5; stays++) {
		for (size_t i = 0; i < 5; i++)
			model_take(500, 8);
		give_all_but(model.blocks[stays].number);
		for (size_t i = 0; i < 5; i++)
			model_take(500, 8);
		model_check_all();
		model_give_shuffled();
		model_check_whole(largest);
	}
}

/* Refused requests, between others, take nothing and count for nothing. */
void refused_requests(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < 10; i++) {
		void *block;

		model_take(1000, 8);
		block = alloc((struct layout){ model.size, 1 });
		check(&rule_impossible, !block, "NULL",
		      "%p for %zu bytes, as much as the heap has", block,
		      model.size);
	}
	model_give_shuffled();
	model_check_whole(largest);
}

/* What was in use before a second allocator_init is not in use after it. */
void init_forgets_blocks(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < 3; i++)
		model_take(1000, 8);
	model_begin(model.heap, model.size);
	model_take(1000, 8);
	model_give_all();
	model_check_whole(largest);
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
	model_check_whole(largest);
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
	model_check_whole(largest);
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
	model_check_whole(largest);
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
		model_check_whole(largest);
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
	model_check_whole(largest);
}

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
	model_check_whole(largest);
}
