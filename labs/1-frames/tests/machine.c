/*
 * Task 4 of lab 1: what a frame costs, and the machine's own memory.
 */
#include "tests.h"

#include "model.h"
#include "rules.h"
#include "test/frames.h"
#include "test/hardware.h"
#include "test/test.h"

/* ---- An area of more frames than anybody can list ----------------------- */

#define HUGE_TAKEN 64

static void check_huge(const struct boot_info *map, const struct frame *taken,
		       size_t count)
{
	uint64_t start = taken[count].start;

	check(&rule_gives, map_frame_is_free(map, start),
	      "a frame that the map makes free",
	      "frame 0x%llx as number %zu; the map there: %s",
	      (unsigned long long)start, count + 1, map_near(map, start));
	for (size_t i = 0; i < count; i++)
		check(&rule_once, taken[i].start != start,
		      "a frame that nobody has", "frame 0x%llx, again",
		      (unsigned long long)start);
}

/*
 * There may be 2^50 frames.  Whoever goes through all of them, or has a bit for
 * each, does not come back.
 */
static void take_from_huge(struct boot_info *map, const struct boot_info *table)
{
	struct frame taken[HUGE_TAKEN];
	void *memory = (char *)map + FRAME_ALLOCATOR_SIZE;
	struct frame_allocator *frames;

	map_copy(map, table, MAP_NO_MEMORY);
	frames = frame_allocator_init(memory, map);
	for (size_t i = 0; i < HUGE_TAKEN; i++) {
		taken[i] = frame_allocate(frames);
		check_huge(map, taken, i);
	}
}

/*
 * An area as large as that; one of 2^32 frames and one more behind the used range,
 * for a count of 32 bits; a used range as large, and a hole.
 */
void huge_area(void)
{
	static const struct boot_info tables[] = {
		{ .areas = { { { 0, 1ull << 62 }, MEMORY_USABLE } },
		  .used = { { 0x5000, 0x8000 } } },
		{ .areas = { { { 0, 0x8000 + ((1ull << 32) + 1) * PAGE_SIZE },
			       MEMORY_USABLE } },
		  .used = { { 0x5000, 0x8000 } } },
		{ .areas = { { { 0, 1ull << 62 }, MEMORY_USABLE } },
		  .used = { { 0x5000, 1ull << 61 } } },
		{ .areas = { { { 0, 0x5000 }, MEMORY_USABLE },
			     { { 1ull << 61, 1ull << 62 }, MEMORY_USABLE } } },
	};
	struct boot_info *map = test_heap();

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		take_from_huge(map, &tables[i]);
}

_Static_assert(sizeof(struct boot_info) <= FRAME_ALLOCATOR_SIZE,
	       "the memory for the allocator lies behind the map");

/* ---- Costs -------------------------------------------------------------- */

/*
 * Calls are timed in batches, and the cheapest of some batches counts: what else
 * the machine did meanwhile only adds to the others.
 */
#define BATCH 16
#define BATCHES 8
#define TIMED (BATCH * BATCHES)

static uint64_t cheapest_batch(struct model *model,
			       void (*until)(struct model *, size_t), int step)
{
	uint64_t cheapest = UINT64_MAX;

	for (int i = 0; i < BATCHES; i++) {
		uint64_t before = model->spent;

		until(model, model->out_count + step);
		if (model->spent - before < cheapest)
			cheapest = model->spent - before;
	}
	return cheapest;
}

static uint64_t cost_of_takes(struct model *model)
{
	return cheapest_batch(model, model_take_until, BATCH);
}

static uint64_t cost_of_gives(struct model *model)
{
	return cheapest_batch(model, model_give_until, -BATCH);
}

/* Walks through all frames cost a hundred times as much, and honest ones twice. */
#define TIMES_AS_MUCH 16

static void check_cost(const char *call, uint64_t first, uint64_t cost,
		       size_t out)
{
	check(&rule_cost, cost <= TIMES_AS_MUCH * first,
	      "about the cost of the first calls",
	      "%s with %zu frames out costs %llu times as much: does it go "
	      "through all of them?", call, out,
	      (unsigned long long)(cost / (first ? first : 1)));
}

#define COST_FRAMES 2400

/* Taken, given back in any order and taken again, with few and with many out. */
void constant_time(void)
{
	static const struct boot_info map = {
		.areas = { { { 0, COST_FRAMES * PAGE_SIZE }, MEMORY_USABLE } },
	};
	struct model *model;
	uint64_t first;

	test_needs_hardware();
	model = model_prepare();
	model_begin_table(model, &map, test_memory().start, COST_FRAMES);
	first = cost_of_takes(model);
	model_take_until(model, COST_FRAMES - TIMED);
	check_cost("frame_allocate", first, cost_of_takes(model),
		   model->out_count);
	first = cost_of_gives(model);
	model_give_until(model, TIMED);
	check_cost("frame_deallocate", first, cost_of_gives(model),
		   model->out_count);
	first = cost_of_takes(model);
	model_take_until(model, COST_FRAMES - TIMED);
	check_cost("frame_allocate", first, cost_of_takes(model),
		   model->out_count);
}

/* ---- The machine's own map ---------------------------------------------- */

/* Below it lies all that the boot loader loads; above it, much of the same. */
#define OWN_MAP_END 0x1000000ull

/* The tests' own frames are the highest that were free, so they end it, too. */
static uint64_t own_map_end(void)
{
	uint64_t tests = test_memory().start - TEST_FRAMES * PAGE_SIZE;

	return tests < OWN_MAP_END ? tests : OWN_MAP_END;
}

static void copy_areas(struct boot_info *map, const struct boot_info *own)
{
	uint64_t end = own_map_end();

	for (size_t i = 0; i < own->area_count; i++) {
		struct memory_area area = own->areas[i];

		if (area.range.start >= end)
			return;
		if (area.range.end > end)
			area.range.end = end;
		map_add_area(map, area.range.start, area.range.end, area.type);
	}
}

/*
 * All frames of this very machine that are free, below 16 MiB: whoever hands out
 * one in which the kernel lies is soon without a kernel, for they are written to.
 */
void own_map(void)
{
	static struct boot_info map;
	const struct boot_info *own;
	struct model *model;

	test_needs_hardware();
	own = hardware_boot_info();
	model = model_prepare();
	map.area_count = 0;
	copy_areas(&map, own);
	map.used_count = own->used_count;
	for (size_t i = 0; i < own->used_count; i++)
		map.used[i] = own->used[i];
	model_begin(model, &map);
	model->has_memory = true;
	test_show("free frames below 16 MiB: %llu",
		  (unsigned long long)model->free_count);
	model_take_all(model);
	model_check(model);
}
