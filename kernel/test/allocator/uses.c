#include "test/allocator/uses.h"

#include <stddef.h>

#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

/* Most blocks are small and of ordinary alignment, as in a real program. */
static struct layout random_layout(void)
{
	size_t size = 1 + test_random_below(1ull << test_random_below(11));
	size_t align = 1ull << test_random_below(6);

	if (test_random_below(16) == 0)
		size += test_random_below(4096);
	if (test_random_below(16) == 0)
		align = 1ull << test_random_below(13);
	return (struct layout){ size, align };
}

/* Fill the heap with blocks of random layout to the last byte. */
static void fill_heap(void)
{
	struct layout layout = { 16, 16 };

	model_take(layout.size, layout.align);
	while (model_try_take(layout.size, layout.align))
		layout = random_layout();
	while (model_try_take(1, 1))
		;
}

void use_upwards(void)
{
	fill_heap();
	model_sort(false);
	model_give_all();
}

void use_downwards(void)
{
	fill_heap();
	model_sort(true);
	model_give_all();
}

void use_every_other(void)
{
	fill_heap();
	model_sort(true);
	model_give_every_other();
	model_give_shuffled();
}

void use_aligns(void)
{
	for (size_t align = 32; align <= 4096; align *= 2) {
		model_take(1, 1);
		model_take(8, align);
		model_take(100, align);
		model_give_shuffled();
	}
}

void use_small_blocks(void)
{
	for (size_t i = 0; i < 300; i++)
		model_take(1 + i % 33, 1);
	model_give_shuffled();
}

void use_randomly(void)
{
	for (size_t i = 0; i < 10000; i++) {
		bool filling = i / 500 % 2 == 0;
		struct layout layout = random_layout();

		if ((test_random_below(4) != 0) == filling)
			model_try_take(layout.size, layout.align);
		else
			model_give_any();
	}
	model_check_all();
	model_give_shuffled();
}

/* Until that many are refused in a row. */
static void take_randomly(size_t refusals)
{
	for (size_t refused = 0; refused < refusals; refused++) {
		struct layout layout = random_layout();

		if (model_try_take(layout.size, layout.align))
			refused = 0;
	}
}

/* Give one back, and another: the first is possible again. */
static void take_one_again(void)
{
	size_t index = model.kept +
		       test_random_below(model.count - model.kept);
	struct layout layout = model.blocks[index].layout;

	model_give(index);
	model_give_any();
	check(&rule_reuse, model_try_take(layout.size, layout.align),
	      "a block where one of that layout was just freed",
	      "NULL for Layout { size: %zu, align: %zu }", layout.size,
	      layout.align);
}

void use_again(void)
{
	model_take(16, 16);
	for (size_t i = 0; i < 1500; i++) {
		if (i % 30 == 0)
			take_randomly(10);
		take_one_again();
	}
	model_check_all();
	model_give_shuffled();
}

void use_after_init(void)
{
	for (size_t size = 8; size <= 520; size += 8)
		model_take(size, 8);
	model.kept = 1;
	model_give_all();
	model_begin(model.heap + model.size / 2, model.size / 2);
	for (size_t size = 8; size <= 520; size += 8)
		model_try_take(size, 8);
	model_check_all();
}

void use_a_little(void)
{
	for (size_t i = 0; i < 40; i++) {
		if (test_random_below(3) > 0 || !model_give_any())
			model_try_take(1 + test_random_below(100),
				       1ull << test_random_below(7));
	}
}
