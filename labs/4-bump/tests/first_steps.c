/*
 * The tests that are lab 4's own: what alloc must do while there is no dealloc
 * yet.
 */
#include "first_steps.h"

#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

static const struct rule rule_all = {
	"bump-15", "nothing of a fresh heap is lost but the padding of alignments"
};

/* Blocks of all small sizes; each keeps what was written to it. */
void blocks_side_by_side(void)
{
	model_begin_whole_heap();
	for (size_t size = 1; size <= 200; size++)
		model_take(size, 1);
	model_check_all();
}

static void take_all_of_it(size_t size)
{
	check(&rule_all, model_try_take(size, 1), "a block",
	      "NULL for %zu bytes, with %zu of the heap's %zu in use", size,
	      model.in_use, model.size);
}

/*
 * A fresh heap gives all of its bytes, in one block or in several.  After that
 * the model finds no place for one that would be right.
 */
void whole_heap(void)
{
	model_begin_whole_heap();
	take_all_of_it(HEAP_SIZE);
	model_check_all();
	model_begin(model.heap, HEAP_SIZE);
	take_all_of_it(HEAP_SIZE / 4);
	take_all_of_it(HEAP_SIZE / 4 * 3);
	model_begin(model.heap, HEAP_SIZE);
	while (model.in_use < HEAP_SIZE)
		take_all_of_it(256);
	model_try_take(1, 1);
	model_check_all();
}

/*
 * Blocks of every align up to a page, in heaps that begin at any address, behind
 * something small.
 */
void aligned_blocks(void)
{
	uint8_t *heap = test_heap();

	for (size_t offset = 0; offset < 40; offset++) {
		model_begin(heap + offset, HEAP_SIZE - offset);
		for (size_t align = 1; align <= 4096; align *= 2) {
			model_take(1 + test_random_below(40), 1);
			model_take(3, align);
			model_take(align, align);
		}
		model_check_all();
	}
}
