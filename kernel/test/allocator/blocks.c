/*
 * The most basic tests of an allocator: blocks that are taken, aligned, apart,
 * and refused where there is no such block.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

/* An empty heap gives one small block, and it can be written to. */
void first_block(void)
{
	model_begin_whole_heap();
	model_take(4, 4);
	test_show("first block at %p", (void *)model.blocks[0].memory);
	model_check_all();
}

/*
 * Blocks of all small sizes; every other one is given back, and others come
 * into the gaps.  No block ever reaches into another, no block is written to.
 */
void blocks_stay_apart(void)
{
	model_begin_whole_heap();
	for (size_t size = 1; size <= 100; size++)
		model_take(size, 1);
	model_give_every_other();
	model_check_all();
	for (size_t size = 1; size <= 100; size++)
		model_take(size, 8);
	model_check_all();
	model_give_shuffled();
}

/*
 * Blocks of every align up to a page, after something small that leaves the
 * next free byte at an odd place.  Larger aligns may be refused, not ignored.
 */
void alignments(void)
{
	model_begin_whole_heap();
	for (size_t align = 1; align <= 4096; align *= 2) {
		model_take(1 + test_random_below(40), 1);
		model_take(3, align);
		model_take(align, align);
	}
	model_check_all();
	model_give_shuffled();
	for (size_t align = 8192; align; align *= 2) {
		model_try_take(5000, align);
		model_try_take(1, align);
		model_give_shuffled();
		model_take(1, 1); /* a refusal changes nothing */
		model_give_shuffled();
	}
}

static void expect_null(size_t size, size_t align)
{
	void *block = alloc((struct layout){ size, align });

	check(&rule_impossible, !block, "NULL",
	      "%p for Layout { size: %zu, align: %zu }", block, size, align);
}

/*
 * Nothing, more than there is, and sizes at which rounding up or adding the
 * address starts again at 0.  Each is refused and leaves the heap as it was.
 */
void impossible_sizes(void)
{
	static const size_t aligns[] = { 1, 8, 16, 4096, 1ull << 32,
					 1ull << 63 };
	size_t half = SIZE_MAX / 2 + 1;

	model_begin_whole_heap();
	model_take(HEAP_SIZE / 4, 1);
	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		expect_null(0, aligns[i]);
		expect_null(HEAP_SIZE + 1, aligns[i]);
		for (size_t less = 0; less <= 33; less++)
			expect_null(SIZE_MAX - less, aligns[i]);
		for (size_t less = 0; less <= 4; less++)
			expect_null(half + 2 - less, aligns[i]);
		for (size_t more = 0; more < HEAP_SIZE; more += 10000)
			expect_null(0 - HEAP_START + more, aligns[i]);
	}
	model_check_all();
	model_take(HEAP_SIZE / 4, 1);
}

static size_t bad_align_value;

static void alloc_bad_align(void)
{
	alloc((struct layout){ 8, bad_align_value });
}

/* The caller's bug is told, not repaired. */
void bad_align(void)
{
	static const size_t aligns[] = { 0, 3, 48, SIZE_MAX };

	model_begin_whole_heap();
	model_take(8, 8);
	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		bad_align_value = aligns[i];
		check_panics(&rule_caller, "a panic of layout_check",
			     alloc_bad_align);
	}
}

/* allocator_init forgets all blocks, and may be given another heap. */
void init_again(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < 10; i++)
		model_take(1000, 8);
	model_begin(model.heap, HEAP_SIZE);
	check(&rule_start_over, model_try_take(largest, 1),
	      "the largest block of the fresh heap", "NULL for %zu bytes",
	      largest);
	model_begin(model.heap + HEAP_SIZE / 2, HEAP_SIZE / 2);
	model_take(1000, 8);
	while (model_try_take(1000, 8))
		;
	model_check_all();
}
