/*
 * Tests of blocks that no class holds: their size is above 2048 bytes, or their
 * align is.  They come from the fallback and go back to it.
 */
#include "tests.h"

#include "memory/heap.h"
#include "memory/page.h"
#include "rules.h"
#include "test/allocator/model.h"
#include "test/test.h"

/* Sizes from just above a class's, with some aligns above it, too. */
static struct layout random_large(void)
{
	size_t size = LARGEST_CLASS + 1 + test_random_below(4 * LARGEST_CLASS);
	size_t align = 1ull << test_random_below(14);

	return (struct layout){ size, align };
}

/*
 * Heaps up to the largest, each a page short of a power of two.  Every block of them
 * lies inside.
 */
static void fill_large_heaps(uint8_t *heap)
{
	for (size_t size = TEST_LARGEST_HEAP; size > HEAP_SIZE; size /= 2) {
		model_begin(heap, size - PAGE_SIZE);
		for (size_t block = size / 2; block > LARGEST_CLASS; block /= 2)
			while (model_try_take(block, 1))
				;
		model_check_all();
	}
}

/* The heap is filled with them again and again, and is whole each time. */
void large_blocks(void)
{
	uint8_t *heap = test_heap_of(TEST_LARGEST_HEAP);
	size_t largest;

	model_begin(heap, HEAP_SIZE);
	largest = model_largest();
	for (size_t round = 0; round < 10; round++) {
		struct layout layout = { LARGEST_CLASS + 1, 1 };

		model_take(layout.size, layout.align);
		while (model_try_take(layout.size, layout.align))
			layout = random_large();
		model_check_all();
		model_give_shuffled();
		model_check_whole(largest);
	}
	fill_large_heaps(heap);
}

/* Few bytes, but at multiples of 4096 and more: no class's blocks lie there. */
void over_aligned(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t align = 2 * LARGEST_CLASS; align <= 16384; align *= 2) {
		for (size_t size = 1; size <= LARGEST_CLASS; size *= 8) {
			model_take(size, align);
			model_take(size, align);
			model_give_shuffled();
			model_check_whole(largest);
		}
	}
}

/*
 * The whole heap is one large block.  When that is freed, every class has
 * memory of it.
 */
void large_then_small(void)
{
	size_t largest;

	model_begin_whole_heap();
	largest = model_largest();
	for (size_t size = LARGEST_CLASS; size; size /= 2) {
		model_begin(model.heap, model.size);
		model_take(largest, 1);
		model_give(0);
		for (size_t i = 0; i < 20; i++)
			model_take(size, 1);
		model_check_all();
		model_give_all();
	}
}
