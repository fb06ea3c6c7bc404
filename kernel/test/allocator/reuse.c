/*
 * Tests of an allocator that gives the memory of a single block to another one,
 * whatever else is in use; a bump allocator does not.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/test.h"

/* That many blocks are given back and make room for as many: there are `most` again. */
static void free_and_take(size_t count, size_t most)
{
	for (size_t i = 0; i < count; i++)
		model_give_any();
	while (model.count < most && model_try_take(256, 64))
		;
	check_count(&rule_reuse, "blocks of 256 bytes that fit", most,
		    model.count);
}

/*
 * Fill the heap with equal blocks.  Then each block that is given back makes
 * room for one, many make room for many, and all for as many as before.
 */
void exhaustion(void)
{
	size_t most;

	model_begin_whole_heap();
	model_take(256, 64);
	while (model_try_take(256, 64))
		;
	most = model.count;
	for (size_t i = 0; i < 50; i++)
		free_and_take(1, most);
	for (size_t count = 2; count < most; count *= 2)
		free_and_take(count, most);
	free_and_take(most, most);
	model_give_all();
}

/* A heap in which blocks of 24 bytes fill little more than half, in any design. */
#define HEAP_WITH_HOLES (64 * PAGE_SIZE)
#define SMALL_BLOCKS 1400

static void fill_with_large_blocks(void)
{
	for (size_t size = 40000; size >= 32; size /= 2) {
		while (model_try_take(size, 16))
			;
	}
}

static void take_small_blocks(void)
{
	for (size_t i = 0; i < SMALL_BLOCKS; i++)
		model_take(24, 8);
}

/*
 * The heap is full but for many small holes, none next to another, and a large
 * one: a request for the large one succeeds, wherever it is, and so does a small one, for
 * which there are hundreds of places.  When all is given back, there is as much room for
 * small blocks as before.
 */
void holes(void)
{
	struct model_block large;

	model_begin(test_heap_of(HEAP_WITH_HOLES), HEAP_WITH_HOLES);
	take_small_blocks();
	model_take(40000, 16);
	fill_with_large_blocks();
	large = model.blocks[SMALL_BLOCKS];
	model_remove(SMALL_BLOCKS);
	for (size_t i = SMALL_BLOCKS / 2; i > 0; i--)
		model_give(2 * i - 1);
	dealloc(large.memory, large.layout);
	check(&rule_reuse, model_try_take(40000, 16),
	      "the large block that was just freed", "NULL for 40000 bytes");
	model_take(24, 8);
	model_give_shuffled();
	take_small_blocks();
	model_check_all();
}

/* And holes of all sizes, for an allocator that misses none. */
void holes_of_all_sizes(void)
{
	holes();
	model_begin(model.heap, HEAP_SIZE);
	use_again();
}

/* How much of the heap a program can use, at the best moment of a long run. */
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
