/*
 * Tests of heaps that are small, or too small for anything.
 */
#include "test/allocator/tests.h"

#include "test/allocator/model.h"
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
