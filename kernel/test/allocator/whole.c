/*
 * Tests of a heap that is full and then empty: whatever was given back, and in
 * whatever order, all of it is there again.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/test.h"

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

/* What was in use before a second allocator_init is neither in use after it nor free. */
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
	check(&rule_start_over, model_try_take(largest, 1),
	      "the largest block of a fresh heap, though 3 blocks were in use when "
	      "allocator_init was called",
	      "NULL for %zu bytes, with none in use since", largest);
	model_give_all();
	use_after_init();
}

/* Nothing of what was in use is missing afterwards. */
static void use_and_check_whole(void (*use)(void))
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	use();
	model_check_whole(largest);
}

void free_upwards(void)
{
	use_and_check_whole(use_upwards);
}

void free_downwards(void)
{
	use_and_check_whole(use_downwards);
}

void free_every_other(void)
{
	use_and_check_whole(use_every_other);
}

void random_operations(void)
{
	use_and_check_whole(use_randomly);
}
