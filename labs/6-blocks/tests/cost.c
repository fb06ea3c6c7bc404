/*
 * The test of what a call costs, which only the machine can count.
 */
#include "tests.h"

#include "memory/heap.h"
#include "rules.h"
#include "test/hardware.h"
#include "test/test.h"

/* Half of them are freed, one out of two. */
#define BLOCKS 1200
#define FREED (BLOCKS / 2)
static const struct layout layout = { 64, 8 };

/*
 * Calls are counted in batches, of which the cheapest counts: what else the
 * machine did meanwhile only adds to the others.
 */
#define BATCH 16
#define BATCHES 8

/* A walk through all free blocks costs a hundred times as much. */
#define TIMES_AS_MUCH 8

static void *blocks[BLOCKS];
static size_t free_count; /* the first of them, in a random order, are free */

static void take_all(void)
{
	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = alloc(layout);
		check(&rule_room, blocks[i], "a block",
		      "NULL for block %zu of %zu bytes", i + 1, layout.size);
	}
}

static void swap(size_t i, size_t j)
{
	void *block = blocks[i];

	blocks[i] = blocks[j];
	blocks[j] = block;
}

/* Every other block comes first, and these in a random order. */
static void choose_freed(void)
{
	for (size_t i = 1; i < FREED; i++)
		swap(i, 2 * i);
	for (size_t i = 1; i < FREED; i++)
		swap(i, test_random_below(i + 1));
}

static uint64_t free_one(void)
{
	uint64_t before = hardware_clock();

	dealloc(blocks[free_count], layout);
	free_count++;
	return hardware_clock() - before;
}

static uint64_t take_one(void)
{
	uint64_t before = hardware_clock();

	free_count--;
	blocks[free_count] = alloc(layout);
	before = hardware_clock() - before;
	check(&rule_reuse, blocks[free_count], "a block that was freed",
	      "NULL with %zu of them free", free_count + 1);
	return before;
}

static uint64_t cheapest_batch(uint64_t (*call)(void))
{
	uint64_t cheapest = UINT64_MAX;

	for (int batch = 0; batch < BATCHES; batch++) {
		uint64_t cost = 0;

		for (int i = 0; i < BATCH; i++)
			cost += call();
		if (cost < cheapest)
			cheapest = cost;
	}
	return cheapest;
}

static void check_cost(const char *call, uint64_t cost, uint64_t least)
{
	check(&rule_cost, cost <= TIMES_AS_MUCH * least,
	      "about what it costs with few free blocks",
	      "%s costs %llu times as much with %d free blocks: does it go "
	      "through them?", call,
	      (unsigned long long)(cost / (least ? least : 1)), FREED);
}

/* To free a block and to take one, with few blocks free and with many. */
void constant_time(void)
{
	uint64_t free_few, free_many, take_many;

	test_needs_hardware();
	allocator_init(test_heap(), HEAP_SIZE);
	take_all();
	choose_freed();
	free_count = 0;
	free_few = cheapest_batch(free_one);
	while (free_count < FREED - BATCH * BATCHES)
		free_one();
	free_many = cheapest_batch(free_one);
	check_cost("dealloc", free_many, free_few);
	take_many = cheapest_batch(take_one);
	while (free_count > BATCH * BATCHES)
		take_one();
	check_cost("alloc", take_many, cheapest_batch(take_one));
}
