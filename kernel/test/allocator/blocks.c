/*
 * The most basic tests of an allocator: blocks that are taken, aligned, apart,
 * and refused where there is no such block.
 */
#include "test/allocator/tests.h"

#include "machine.h"
#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/frames.h"
#include "test/hardware.h"
#include "test/line.h"
#include "test/test.h"

/* An empty heap gives one small block, and it can be written to. */
void first_block(void)
{
	model_begin_whole_heap();
	model_take(4, 4);
	test_show("first block at %p", (void *)model.blocks[0].memory);
	model_check_all();
}

/* In the heap that was just started, which is empty again afterwards. */
static void take_apart(void)
{
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
 * Blocks of all small sizes; every other one is given back, and others come
 * into the gaps.  No block ever reaches into another, no block is written to; and none
 * comes from the previous heap.  On the machine also in the upper half, where an address
 * is a negative number for those who forget that it has no sign.
 */
void blocks_stay_apart(void)
{
	model_begin_whole_heap();
	take_apart();
	use_after_init();
	if (!hardware_boot_info())
		return;
	model_begin(machine_frame_memory(test_memory()), HEAP_SIZE);
	take_apart();
}

/*
 * Blocks of every align up to a page, after something small that leaves the
 * next free byte at an odd place; on a heap of its own every larger align of which it
 * has several multiples.  Beyond that there may be no such block.
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
		if (align <= HEAP_SIZE / 3) {
			model_begin(model.heap, model.size);
			model_take(1, align);
		}
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
	      "%p for Layout { size: %s, align: %s }", block,
	      line_size(size).text, line_size(align).text);
}

/* Often enough to notice what a refusal has cost. */
static void expect_nulls(void)
{
	for (size_t i = 0; i < 100; i++) {
		expect_null(0, 1);
		expect_null(0, 4096);
		expect_null(HEAP_SIZE / 2 + 1, 1);
		expect_null(1, 1ull << 40);
	}
}

/* In the heap that was just started; half of it is taken first, in small pieces. */
static void refuse_impossible_sizes(void)
{
	static const size_t aligns[] = { 1, 8, 16, 4096, 1ull << 32,
					 1ull << 63 };
	size_t half = SIZE_MAX / 2 + 1, rest;

	rest = model_largest_beside(4, HEAP_SIZE / 8);
	for (size_t i = 0; i < 4; i++)
		model_take(HEAP_SIZE / 8, 1);
	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		expect_null(0, aligns[i]);
		expect_null(HEAP_SIZE + 1, aligns[i]);
		for (size_t less = 0; less <= 33; less++)
			expect_null(SIZE_MAX - less, aligns[i]);
		for (size_t less = 0; less <= 4; less++)
			expect_null(half + 2 - less, aligns[i]);
		for (size_t more = 0; more < HEAP_SIZE; more += 10000)
			expect_null(more - (uint64_t)model.heap, aligns[i]);
		for (size_t size = 1 << 16; size; size *= 2)
			expect_null(size + 8, aligns[i]);
	}
	expect_nulls();
	model_check_all();
	check(&rule_impossible, model_try_take(rest, 1),
	      "as much as there was before the refusals",
	      "NULL for %zu bytes", rest);
	model_check_all();
}

/*
 * Nothing, more than there is, and sizes at which rounding up, adding the
 * address, or a narrow variable wraps around to 0.  Each is refused and leaves
 * the heap as it was.  On the machine also in the upper half, where kernels are: the
 * next multiple of a large align may be 0 there.
 */
void impossible_sizes(void)
{
	model_begin_whole_heap();
	refuse_impossible_sizes();
	if (!hardware_boot_info())
		return;
	model_begin(machine_frame_memory(test_memory()), HEAP_SIZE);
	refuse_impossible_sizes();
}

static struct layout bad_layout;

static void alloc_bad_layout(void)
{
	alloc(bad_layout);
}

static void show_bad_layout(void)
{
	test_show("alloc of Layout { size: %s, align: %s }, %zu blocks in use",
		  line_size(bad_layout.size).text,
		  line_size(bad_layout.align).text, model.count);
}

/* On an empty heap, or on a full one; after a panic nothing is called but init. */
static void expect_panic(size_t size, size_t align, bool is_full)
{
	model_begin(model.heap, model.size);
	model_take(8, 8);
	while (is_full && model_try_take(1000, 8))
		;
	bad_layout = (struct layout){ size, align };
	test_explain_with(show_bad_layout);
	check_panics(&rule_caller, "a panic of layout_check", alloc_bad_layout);
}

/*
 * The caller's bug is reported, not repaired, whatever else is true of the request; and at
 * small aligns, too, of which an allocator may have a table.
 */
void bad_align(void)
{
	static const size_t aligns[] = { 0, 3, 5, 6, 7, 48, (1ull << 63) + 1,
					 SIZE_MAX };

	model_begin_whole_heap();
	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		expect_panic(8, aligns[i], false);
		expect_panic(0, aligns[i], false);
		expect_panic(HEAP_SIZE + 1, aligns[i], false);
		expect_panic(SIZE_MAX, aligns[i], false);
		expect_panic(1000, aligns[i], true);
	}
}

/* Its size has more than 21 bits, and it begins behind the heap of other tests. */
#define LARGE_HEAP (3 * 1024 * 1024ull)

/* At least 45 % of a heap can be had in blocks of this size, and of a larger one. */
static void use_large_heap(uint8_t *heap, size_t size)
{
	size_t block = 100000;

	model_begin_guarded(heap, size);
	model_take(size / 4, 1);
	model_begin_guarded(heap, size);
	while (model.in_use < size / 100 * 45)
		model_take(block, 1);
	model_check_all();
	model_check_guards();
}

/*
 * allocator_init forgets all blocks, and may be given another heap: a larger one,
 * that begins elsewhere.
 */
void init_again(void)
{
	uint8_t *memory = test_heap_of(LARGE_HEAP + LARGE_HEAP / 4);
	size_t largest;

	model_begin(memory, HEAP_SIZE);
	largest = model_largest_beside(0, 0);
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
	use_large_heap(memory + 49 * PAGE_SIZE, LARGE_HEAP);
}
