/*
 * Tests of heaps that are small, or too small for anything.
 */
#include "test/allocator/tests.h"

#include "lib/string.h"
#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/test.h"

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
		use_a_little();
		model_give_shuffled();
		model_check_whole(largest);
		model_check_guards();
	}
}

/*
 * A heap behind whose last byte there is no memory, of every small length, filled with
 * blocks that hold nothing but that byte: where books of its own should be, an allocator
 * may read ones as far as there are any, or zeroes that its user wrote.
 */
static void fill_up_to_the_end(uint8_t *end, int byte)
{
	const struct layout layout = { 16, 16 };

	for (size_t size = 16; size <= 30 * 16; size += 16) {
		size_t taken = 0;
		void *block;

		memset(end - size, byte, size);
		model_begin(end - size, size);
		while ((block = alloc(layout)) != NULL) {
			model_check_place(block, layout);
			memset(block, byte, layout.size);
			taken++;
			check(&rule_apart, taken <= size / layout.size,
			      "blocks that do not overlap",
			      "%zu blocks of 16 bytes in a heap of %zu", taken,
			      size);
		}
	}
}

/* A heap without room for anything is empty, and nothing is touched past its end. */
void no_room(void)
{
	uint8_t *start = test_heap(), *heap = start + MODEL_GUARD;

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
	fill_up_to_the_end(start + HEAP_SIZE, 0xff);
	fill_up_to_the_end(start + HEAP_SIZE, 0);
}
