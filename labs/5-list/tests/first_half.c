/*
 * The tests of lab 5's first half: first fit, splitting, giving back.  None of
 * them needs free neighbours to be joined.
 */
#include "tests.h"

#include "collections/box.h"
#include "collections/vec.h"
#include "memory/allocator.h"
#include "memory/heap.h"
#include "model.h"
#include "rules.h"
#include "test/test.h"

static int *new_int(int value)
{
	int *box = box_new(int, value);

	check(&rule_room, box, "a box for an int", "NULL");
	return box;
}

static void check_int(const int *box, int expected)
{
	check(&rule_values, *box == expected, "the value that was assigned",
	      "%d instead of %d at %p", *box, expected, (const void *)box);
}

/* An empty heap gives one small block, and it can be written to. */
void first_block(void)
{
	model_begin_whole_heap();
	model_take(4, 4);
	test_show("first block at %p", (void *)model.blocks[0].memory);
	model_check_all();
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
	model_give_all();
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
 * one: whoever asks for the large one gets it, wherever it is.
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

/* The same, while one box stays: a bump allocator ends here. */
void many_boxes_long_lived(void)
{
	int *long_lived;

	model_begin_whole_heap();
	long_lived = new_int(1);
	for (int i = 0; i < (int)test_repetitions(HEAP_SIZE); i++) {
		int *box = box_new(int, i);

		if (!box)
			test_cannot(&rule_reuse, LAYOUT_OF(int));
		check_int(box, i);
		box_free(box);
	}
	check_int(long_lived, 1);
	box_free(long_lived);
}

/* A vector moves to a larger block again and again, and keeps its items. */
void large_vec(void)
{
	const uint64_t n = 1000;
	VEC(uint64_t) vec = VEC_EMPTY(uint64_t);
	uint64_t sum = 0;

	model_begin_whole_heap();
	for (uint64_t i = 0; i < n; i++)
		check(&rule_room, vec_push(&vec, i), "room for an item",
		      "none at item %zu", (size_t)i);
	for (uint64_t i = 0; i < n; i++)
		sum += vec_at(&vec, i);
	check_count(&rule_values, "the sum of the items", (n - 1) * n / 2, sum);
	vec_free(&vec);
}

/* Blocks that come out of used memory are zero all the same. */
void zeroed(void)
{
	model_begin_whole_heap();
	for (size_t i = 0; i < 50; i++)
		model_take(1000, 8);
	model_give_shuffled();
	for (size_t size = 1; size <= 1000; size += 37) {
		struct layout layout = { size, 16 };
		uint8_t *block = alloc_zeroed(layout);

		check(&rule_room, block, "a block", "NULL");
		model_check_place(block, layout);
		for (size_t i = 0; i < size; i++)
			check_hex(&rule_zeroed, "a byte of the block", 0,
				  block[i]);
		model_add(block, layout);
	}
	model_give_all();
}

/* Resize the only block in use; its contents are those of block number 1. */
static void resize(size_t new_size)
{
	struct model_block *block = &model.blocks[0];
	uint8_t *moved = alloc_resized(block->memory, block->layout, new_size);

	check(&rule_resized, moved, "a block of the new size",
	      "NULL for %zu bytes; is the old block freed?", new_size);
	for (size_t i = 0; i < new_size && i < block->layout.size; i++)
		check_hex(&rule_resized, "a byte of the moved block",
			  model_byte(block->number, i), moved[i]);
	model_remove(0);
	model_add(moved, (struct layout){ new_size, 8 });
}

/*
 * A block grows and shrinks more often than the heap has room for; a size that
 * is impossible leaves it as it is.
 */
void resized(void)
{
	model_begin_whole_heap();
	model_take(100, 8);
	for (size_t i = 0; i < 50; i++) {
		resize(4000);
		resize(2000);
	}
	check(&rule_impossible,
	      !alloc_resized(model.blocks[0].memory, model.blocks[0].layout,
			     SIZE_MAX - 7),
	      "NULL", "a block of SIZE_MAX - 7 bytes");
	model_give_all();
}
