/*
 * Tests of what the interface builds on alloc and dealloc: blocks of zeroes, and
 * blocks that are resized.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/history.h"
#include "test/allocator/model.h"
#include "test/allocator/room.h"
#include "test/allocator/rules.h"
#include "test/line.h"
#include "test/test.h"

static void take_zeroed_blocks(void)
{
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
}

/* Blocks are zero, whether their memory is fresh or used: both hold garbage. */
void zeroed(void)
{
	model_begin_whole_heap();
	take_zeroed_blocks();
	model_give_all();
	for (size_t i = 0; i < 50; i++)
		model_take(1000, 8);
	model_give_shuffled();
	take_zeroed_blocks();
	model_give_all();
}

/*
 * A block in front of it and one behind it keep what they hold, wherever they end and
 * begin, and whatever the size is a multiple of.
 */
void zeroed_alone(void)
{
	model_begin_whole_heap();
	for (size_t size = 1; size <= 80; size++) {
		struct layout layout = { size, 1ull << size % 7 };
		uint8_t *block;

		model_take(1 + size % 16, 1);
		block = alloc_zeroed(layout);
		check(&rule_room, block, "a block", "NULL");
		model_add(block, layout);
		model_take(1 + size % 11, 1);
	}
	model_check_all();
	model_give_all();
}

static void expect_no_zeroes(size_t size, size_t align)
{
	void *block = alloc_zeroed((struct layout){ size, align });

	check(&rule_impossible, !block, "NULL",
	      "%p for Layout { size: %zu, align: %zu }", block, size, align);
}

/* Where alloc has no block, there is none to clear, and nothing to count. */
void zeroed_refused(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	model_take(1000, 8);
	expect_no_zeroes(0, 8);
	expect_no_zeroes(model.size, 8);
	expect_no_zeroes(SIZE_MAX - 7, 8);
	model_check_all();
	model_give_all();
	model_check_whole(largest);
}

/* What alloc_resized gives for the block; the call is shown if the test fails. */
static uint8_t *ask_resized(const struct model_block *block, size_t new_size)
{
	uint8_t *moved;

	history_resized(block->memory, block->layout, new_size);
	moved = alloc_resized(block->memory, block->layout, new_size);
	history_returned(moved);
	return moved;
}

/* Resize the block at that index and check what moved; it is the last one then. */
static void resize(size_t index, size_t new_size)
{
	struct model_block old = model.blocks[index];
	struct layout new_layout = { new_size, old.layout.align };
	uint8_t *moved = ask_resized(&old, new_size);

	check(&rule_resized, moved, "a block of the new size",
	      "NULL for %zu bytes instead of %zu%s", new_size, old.layout.size,
	      room_for(new_layout).text);
	model_remove(index);
	model_check_place(moved, new_layout);
	for (size_t i = 0; i < new_size && i < old.layout.size; i++)
		check(&rule_resized, moved[i] == model_byte(old.number, i),
		      "the old contents",
		      "another byte at offset %zu, from %zu bytes to %zu", i,
		      old.layout.size, new_size);
	model_add(moved, new_layout);
}

/* Take all that is left: what an old block gave back in excess would be part of it. */
static void take_the_rest(void)
{
	for (size_t size = 16384; size; size /= 4)
		while (model_try_take(size, 1))
			;
}

/* With nothing in use any more, the blocks that were resized are not, either. */
static void check_old_is_free(size_t largest)
{
	check(&rule_resized, model_try_take(largest, 1),
	      "the largest block of the fresh heap: the old blocks are free, too",
	      "NULL for %zu bytes%s", largest,
	      room_for((struct layout){ largest, 1 }).text);
	model_give_all();
}

/* What was there is still there, aligned as before; the neighbours are left alone. */
void resized_larger(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t align = 1; align <= 512; align *= 2) {
		model_take(100, align);
		model_take(10, 1);
		resize(0, 300);
		model_take(10, 1);
		take_the_rest();
		model_check_all();
		model_give_all();
		check_old_is_free(largest);
	}
}

/*
 * In a heap with room for both blocks and little more: one that is copied to its end
 * with more bytes than it has reaches out of it.
 */
static void shrink_at_the_end(uint8_t *heap, size_t size)
{
	const struct layout layout = { 240, 8 };

	for (size_t more = 0; more <= 64; more += 8) {
		model_begin_guarded(heap, layout.size + size + more);
		if (!model_try_take(layout.size, layout.align))
			continue;
		alloc_resized(model.blocks[0].memory, layout, size);
		model_check_guards();
	}
}

/* As much is kept as there is room for, and not a byte more is written. */
void resized_smaller(void)
{
	uint8_t *heap = test_heap();

	shrink_at_the_end(heap + MODEL_GUARD, 8);
	shrink_at_the_end(heap + MODEL_GUARD, 96);
	model_begin(heap, HEAP_SIZE);
	for (size_t size = 2000; size; size /= 2) {
		model_take(4000, 8);
		model_take(10, 1);
		resize(0, size);
		model_take(10, 1);
		take_the_rest();
		model_check_all();
		model_give_all();
	}
}

/* The old block is given back once, with its old layout: nothing is missing then. */
void resized_frees(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t round = 0; round < 5; round++) {
		model_take(100, 8);
		resize(0, 1000);
		model_take(100, 8);
		resize(0, 60);
		model_take(100, 8);
		model_check_all();
		model_give_shuffled();
		check_old_is_free(largest);
	}
}

/* The old block stays in use, as it is, until it is given back. */
void resized_refused(void)
{
	static const size_t sizes[] = { 0, HEAP_SIZE + 1, SIZE_MAX - 7 };
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		model_take(1000, 8);
		check(&rule_impossible,
		      !ask_resized(&model.blocks[0], sizes[i]), "NULL",
		      "a block of %s bytes", line_size(sizes[i]).text);
		model_take(1000, 8);
		model_check_all();
		model_give_all();
		model_check_whole(largest);
	}
}

/*
 * A block grows and shrinks more often than the heap has room for: what was
 * freed is had again, while that block and two others are in use.
 */
void resized(void)
{
	struct model_block *last = &model.blocks[2];

	model_begin_whole_heap();
	for (size_t i = 0; i < 3; i++)
		model_take(100, 8);
	for (size_t i = 0; i < 50; i++) {
		resize(2, 4000);
		resize(2, 2000);
	}
	check(&rule_impossible, !ask_resized(last, SIZE_MAX - 7), "NULL",
	      "a block of SIZE_MAX - 7 bytes");
	model_check_all();
	model_give_all();
}
