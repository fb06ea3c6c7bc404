/*
 * The tests that are lab 4's own: what alloc must do while there is no dealloc
 * yet.
 */
#include "first_steps.h"

#include "lib/string.h"
#include "memory/heap.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/tests.h"
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

/* More blocks than 16 bits can count, of a byte each. */
#define VERY_MANY ((1 << 16) + 1)

static const struct layout byte = { 1, 1 };
static bool is_taken[HEAP_SIZE];

/* NULL if there is no room: sizes may be rounded up. */
static uint8_t *take_byte(void)
{
	uint8_t *block = alloc(byte);
	size_t offset = block - model.heap;

	if (!block)
		return NULL;
	check(&rule_inside, offset < HEAP_SIZE, "a block inside the heap",
	      "a byte at %p", (void *)block);
	check(&rule_apart, !is_taken[offset], "a byte that nobody has",
	      "one in use, at %p", (void *)block);
	is_taken[offset] = true;
	return block;
}

static void give_byte(uint8_t *block)
{
	is_taken[block - model.heap] = false;
	dealloc(block, byte);
}

/* Two come back of very many: what is taken afterwards lies apart from the others. */
static void very_many_stay(void)
{
	uint8_t *first, *last;

	model_begin(model.heap, HEAP_SIZE);
	memset(is_taken, 0, sizeof(is_taken));
	first = take_byte();
	last = take_byte();
	check(&rule_room, last, "two blocks of a byte", "NULL");
	for (size_t i = 2; i < VERY_MANY && take_byte(); i++)
		;
	give_byte(last);
	give_byte(first);
	for (size_t i = 0; i < 100; i++)
		take_byte();
}

void few_or_very_many_stay(void)
{
	one_stays();
	very_many_stay();
}
