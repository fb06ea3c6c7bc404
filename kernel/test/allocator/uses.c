#include "test/allocator/uses.h"

#include <stddef.h>

#include "test/allocator/model.h"
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

void use_a_little(void)
{
	for (size_t i = 0; i < 40; i++) {
		if (test_random_below(3) > 0 || !model_give_any())
			model_try_take(1 + test_random_below(100),
				       1ull << test_random_below(7));
	}
}
