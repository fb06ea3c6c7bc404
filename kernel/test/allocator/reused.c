/*
 * Tests of an allocator whose freed memory keeps the size that it was first given
 * for.  The heap never becomes whole again; but what was once in use can be had
 * again, whatever was in use since.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/test.h"

static const struct layout held[] = {
	{ 1, 1 }, { 40, 8 }, { 16, 64 }, { 100, 4 }, { 200, 128 },
};

#define HELD (sizeof(held) / sizeof(held[0]))

static void hold(void)
{
	for (size_t i = 0; i < HELD; i++)
		model_take(held[i].size, held[i].align);
	model_give_shuffled();
}

static void hold_again(void)
{
	for (size_t i = 0; i < HELD; i++)
		check(&rule_reuse, model_try_take(held[i].size, held[i].align),
		      "a block as there was one on the fresh heap",
		      "NULL for Layout { size: %zu, align: %zu }, %zu in use",
		      held[i].size, held[i].align, model.count);
	model_check_all();
	model_give_shuffled();
}

void reused_randomly(void)
{
	model_begin_whole_heap();
	hold();
	use_randomly();
	hold_again();
}

/* Heaps of two thousand bytes, at any address and of any length. */
void reused_tiny_heaps(void)
{
	uint8_t *heap = (uint8_t *)test_heap() + MODEL_GUARD;

	for (size_t round = 0; round < 100; round++) {
		model_begin_guarded(heap + test_random_below(64),
				    2000 + test_random_below(64));
		hold();
		use_a_little();
		model_give_shuffled();
		hold_again();
		model_check_guards();
	}
}
