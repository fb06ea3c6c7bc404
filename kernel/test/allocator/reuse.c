/*
 * Tests of an allocator that gives the memory of a single block to another one,
 * whatever else is in use; a bump allocator does not.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

/*
 * Fill the heap with equal blocks.  Then each block that is given back makes
 * room for one, and after all are given back as many fit as before.
 */
void exhaustion(void)
{
	size_t most;

	model_begin_whole_heap();
	model_take(256, 64);
	while (model_try_take(256, 64))
		;
	most = model.count;
	for (size_t i = 0; i < 100; i++) {
		model_give(test_random_below(model.count));
		check(&rule_reuse, model_try_take(256, 64),
		      "the block that was just freed", "NULL");
	}
	model_give_shuffled();
	while (model.count < most && model_try_take(256, 64))
		;
	check_count(&rule_reuse, "blocks of 256 bytes that fit", most,
		    model.count);
	model_give_all();
}

/*
 * The heap is full but for many small holes, none next to another, and a large
 * one: a request for the large one succeeds, wherever it is.
 */
void holes(void)
{
	struct model_block large;

	model_begin_whole_heap();
	model_take(200, 16);
	while (model.in_use < HEAP_SIZE / 2)
		model_take(200, 16);
	model_take(1000, 16);
	large = model.blocks[model.count - 1];
	model_remove(model.count - 1);
	while (model_try_take(200, 16))
		;
	model_sort(true);
	model_give_every_other();
	dealloc(large.memory, large.layout);
	check(&rule_reuse, model_try_take(1000, 16),
	      "the large block that was just freed", "NULL");
	model_give_shuffled();
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
