/*
 * Tasks 1 and 2 of lab 1: which frames are handed out.  No test gives one back,
 * and there is no memory in any of these frames.
 *
 * Each test is a table of memory maps, with the number of free frames that can
 * be counted in each.  All of them must come, each once, and then none.
 */
#include "tests.h"

#include "model.h"
#include "test/test.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct map_case {
	uint64_t free_count;
	struct boot_info map; /* as map_copy takes it */
};

static struct model *play(const struct map_case *cases, size_t count,
			  uint64_t base)
{
	struct model *model = model_prepare();

	for (size_t i = 0; i < count; i++) {
		model_begin_table(model, &cases[i].map, base,
				  cases[i].free_count);
		model_take_all(model);
		model_check(model);
	}
	return model;
}

/* ---- Task 1: from area to area ------------------------------------------ */

/* One frame of an area that has many. */
void first_frame(void)
{
	static const struct boot_info map = {
		.areas = { { { 0x10000, 0x90000 }, MEMORY_USABLE } },
	};
	struct model *model = model_prepare();

	model_begin_table(model, &map, MAP_NO_MEMORY, 0x80);
	model_take(model);
	model_check(model);
}

/* More than a byte counts. */
#define ASKED_IN_VAIN 300

/* Areas of one frame, of two, and of many; and at the end there is none, for ever. */
void one_area(void)
{
	static const struct map_case cases[] = {
		{ 1, { .areas = { { { 0x7000, 0x8000 }, MEMORY_USABLE } } } },
		{ 2, { .areas = { { { 0x7000, 0x9000 }, MEMORY_USABLE } } } },
		{ 300, { .areas = { { { 0, 300 * PAGE_SIZE },
				      MEMORY_USABLE } } } },
	};
	struct model *model = play(cases, COUNT(cases), MAP_NO_MEMORY);

	for (int i = 0; i < ASKED_IN_VAIN; i++)
		model_take(model);
}

/* Holes between the areas: nothing is known of what lies there. */
void several_areas(void)
{
	static const struct map_case cases[] = {
		{ 4, { .areas = { { { 0x1000, 0x3000 }, MEMORY_USABLE },
				  { { 0x8000, 0xa000 }, MEMORY_USABLE } } } },
		{ 0x37,
		  { .areas = { { { 0x2000, 0x3000 }, MEMORY_USABLE },
			       { { 0x10000, 0x30000 }, MEMORY_USABLE },
			       { { 0x31000, 0x32000 }, MEMORY_USABLE },
			       { { 0x400000, 0x405000 }, MEMORY_USABLE },
			       { { 0x7000000000, 0x7000010000 },
				 MEMORY_USABLE } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/*
 * Of the other types: between, before and behind usable areas, touching them or
 * not, several in a row.
 */
void other_types(void)
{
	static const struct map_case cases[] = {
		{ 2, { .areas = { { { 0x0000, 0x4000 }, MEMORY_RESERVED },
				  { { 0x4000, 0x6000 }, MEMORY_USABLE },
				  { { 0x6000, 0x9000 }, MEMORY_RESERVED } } } },
		{ 5,
		  { .areas = { { { 0x1000, 0x2000 }, MEMORY_USABLE },
			       { { 0x2000, 0x4000 }, MEMORY_ACPI_RECLAIMABLE },
			       { { 0x4000, 0x5000 }, MEMORY_USABLE },
			       { { 0x5000, 0x7000 }, MEMORY_ACPI_NVS },
			       { { 0x7000, 0x8000 }, MEMORY_USABLE },
			       { { 0x9000, 0xb000 }, MEMORY_DEFECTIVE },
			       { { 0xc000, 0xe000 }, MEMORY_USABLE },
			       { { 0xf000, 0x10000 }, MEMORY_RESERVED },
			       { { 0x10000, 0x11000 }, MEMORY_DEFECTIVE },
			       { { 0x11000, 0x15000 }, MEMORY_ACPI_NVS } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/* A map with a frame, so that there is something to begin with; then none. */
void nothing_usable(void)
{
	static const struct map_case cases[] = {
		{ 1, { .areas = { { { 0x1000, 0x2000 }, MEMORY_USABLE } } } },
		{ 0, { .area_count = 0 } },
		{ 0, { .used = { { 0x1000, 0x2000 } } } },
		{ 0, { .areas = { { { 0x1000, 0x9000 }, MEMORY_RESERVED } } } },
		{ 0, { .areas = { { { 0x1000, 0x9000 }, MEMORY_ACPI_NVS },
				  { { 0x9000, 0xb000 }, MEMORY_DEFECTIVE } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/* ---- Task 2: whole frames that nobody uses ------------------------------ */

/*
 * Areas that begin or end inside a frame, by a byte, by half, by all but a byte;
 * that are smaller than a frame, inside one or across two; and two that share a
 * frame, of which neither has all.
 */
void partial_frames(void)
{
	static const struct map_case cases[] = {
		{ 3, { .areas = { { { 0x1001, 0x5000 }, MEMORY_USABLE } } } },
		{ 3, { .areas = { { { 0x1fff, 0x5000 }, MEMORY_USABLE } } } },
		{ 4, { .areas = { { { 0x0fff, 0x5000 }, MEMORY_USABLE } } } },
		{ 3, { .areas = { { { 0x1000, 0x4fff }, MEMORY_USABLE } } } },
		{ 4, { .areas = { { { 0x1000, 0x5001 }, MEMORY_USABLE } } } },
		{ 3, { .areas = { { { 0x1800, 0x5800 }, MEMORY_USABLE } } } },
		{ 0, { .areas = { { { 0x1001, 0x2000 }, MEMORY_USABLE } } } },
		{ 0, { .areas = { { { 0x1400, 0x1800 }, MEMORY_USABLE } } } },
		{ 0, { .areas = { { { 0x1800, 0x2800 }, MEMORY_USABLE } } } },
		{ 0, { .areas = { { { 0x1001, 0x2fff }, MEMORY_USABLE } } } },
		{ 2, { .areas = { { { 0x1000, 0x2800 }, MEMORY_USABLE },
				  { { 0x2800, 0x3800 }, MEMORY_RESERVED },
				  { { 0x3800, 0x5000 }, MEMORY_USABLE } } } },
		{ 2, { .areas = { { { 0x1000, 0x2400 }, MEMORY_USABLE },
				  { { 0x2400, 0x2401 }, MEMORY_DEFECTIVE },
				  { { 0x2401, 0x4000 }, MEMORY_USABLE } } } },
		{ 2, { .areas = { { { 0x1000, 0x2400 }, MEMORY_USABLE },
				  { { 0x2600, 0x2800 }, MEMORY_USABLE },
				  { { 0x2a00, 0x4000 }, MEMORY_USABLE } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/* The six frames from 0x1000 on, but for what is used. */
#define SIX_FRAMES .areas = { { { 0x1000, 0x7000 }, MEMORY_USABLE } }

/*
 * At the start, in the middle, at the end of an area; all of it; across two; and
 * one that is longer than what anybody looks at in one step.
 */
void used_ranges(void)
{
	static const struct map_case cases[] = {
		{ 4, { SIX_FRAMES, .used = { { 0x1000, 0x3000 } } } },
		{ 4, { SIX_FRAMES, .used = { { 0x3000, 0x5000 } } } },
		{ 4, { SIX_FRAMES, .used = { { 0x5000, 0x7000 } } } },
		{ 0, { SIX_FRAMES, .used = { { 0x1000, 0x7000 } } } },
		{ 0, { SIX_FRAMES, .used = { { 0x0000, 0x9000 } } } },
		{ 3, { SIX_FRAMES, .used = { { 0x1000, 0x2000 },
					     { 0x3000, 0x4000 },
					     { 0x5000, 0x6000 } } } },
		{ 6, { SIX_FRAMES, .used = { { 0x0000, 0x1000 },
					     { 0x7000, 0x8000 } } } },
		{ 4, { .areas = { { { 0x1000, 0x4000 }, MEMORY_USABLE },
				  { { 0x6000, 0x9000 }, MEMORY_USABLE } },
		       .used = { { 0x3000, 0x7000 } } } },
		{ 3, { .areas = { { { 0x1000, 0x4000 }, MEMORY_USABLE },
				  { { 0x6000, 0x8000 }, MEMORY_USABLE },
				  { { 0xa000, 0xd000 }, MEMORY_USABLE } },
		       .used = { { 0x3000, 0xc000 } } } },
		{ 5, { .areas = { { { 0x1000, 0x4000 }, MEMORY_USABLE },
				  { { 0x4000, 0x6000 }, MEMORY_RESERVED },
				  { { 0x6000, 0x9000 }, MEMORY_USABLE } },
		       .used = { { 0x4000, 0x5000 }, { 0x8000, 0x9000 } } } },
		{ 0x2ff - 0x241,
		  { .areas = { { { 0x1000, 0x300000 }, MEMORY_USABLE } },
		    .used = { { 0x2000, 0x3000 }, { 0x10000, 0x250000 } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/*
 * One byte is enough: the first of a frame, the last, one inside; two ranges in
 * one frame; and a range that ends or begins just beside.
 */
void used_by_a_byte(void)
{
	static const struct map_case cases[] = {
		{ 5, { SIX_FRAMES, .used = { { 0x3000, 0x3001 } } } },
		{ 5, { SIX_FRAMES, .used = { { 0x3fff, 0x4000 } } } },
		{ 5, { SIX_FRAMES, .used = { { 0x3800, 0x3801 } } } },
		{ 4, { SIX_FRAMES, .used = { { 0x3fff, 0x4001 } } } },
		{ 3, { SIX_FRAMES, .used = { { 0x3fff, 0x5001 } } } },
		{ 5, { SIX_FRAMES, .used = { { 0x3001, 0x3100 },
					     { 0x3200, 0x3fff } } } },
		{ 4, { SIX_FRAMES, .used = { { 0x3f00, 0x3f10 },
					     { 0x3f20, 0x4010 },
					     { 0x4020, 0x4030 } } } },
		{ 5, { SIX_FRAMES, .used = { { 0x0123, 0x1001 } } } },
		{ 6, { SIX_FRAMES, .used = { { 0x0123, 0x1000 } } } },
		{ 5, { SIX_FRAMES, .used = { { 0x6fff, 0x7800 } } } },
		{ 4, { SIX_FRAMES, .used = { { 0x1fff, 0x2000 },
					     { 0x5000, 0x5001 } } } },
		{ 2, { .areas = { { { 0x1800, 0x4800 }, MEMORY_USABLE },
				  { { 0x6800, 0x9800 }, MEMORY_USABLE } },
		       .used = { { 0x1900, 0x1a00 }, { 0x3900, 0x7001 } } } },
	};

	play(cases, COUNT(cases), MAP_NO_MEMORY);
}

/*
 * Frame 0 stays out, with whatever lies in it; and the first MiB as a PC has it:
 * not all of the last usable frame is, the kernel begins at 1 MiB.
 */
void low_memory(void)
{
	static const struct map_case cases[] = {
		{ 2, { .areas = { { { 0, 0x3000 }, MEMORY_USABLE } } } },
		{ 0, { .areas = { { { 0, 0x1000 }, MEMORY_USABLE } } } },
		{ 1, { .areas = { { { 0x400, 0x2000 }, MEMORY_USABLE } } } },
		{ 1, { .areas = { { { 0, 0x3000 }, MEMORY_USABLE } },
		       .used = { { 0x10, 0x1010 } } } },
		{ 0x9e + 0xa9 - 2,
		  { .areas = { { { 0, 0x9fc00 }, MEMORY_USABLE },
			       { { 0x9fc00, 0xa0000 }, MEMORY_RESERVED },
			       { { 0xf0000, 0x100000 }, MEMORY_RESERVED },
			       { { 0x100000, 0x1e0000 }, MEMORY_USABLE },
			       { { 0x1e0000, 0x200000 },
				 MEMORY_ACPI_RECLAIMABLE } },
		    .used = { { 0x9500, 0xa123 },
			      { 0x100000, 0x134010 },
			      { 0x135000, 0x137000 } } } },
	};

	play(cases, COUNT(cases), 0);
}

/* The last frame of 64-bit addresses, which no area has all of. */
#define LAST (UINT64_MAX - 0xfff)

/* Around 4 GiB, above it, near 2^52, and up to the end of all addresses. */
void high_addresses(void)
{
	static const struct map_case cases[] = {
		{ 4, { .areas = { { { 0xffffe000, 0x100002000 },
				    MEMORY_USABLE } } } },
		{ 4, { .areas = { { { 0x1000, 0x3000 }, MEMORY_USABLE },
				  { { 0x100001000, 0x100003000 },
				    MEMORY_USABLE } } } },
		{ 3, { .areas = { { { 0xffffffff000, 0x100000003000 },
				    MEMORY_USABLE } },
		       .used = { { 0x100000000800, 0x100000001000 } } } },
		{ 2, { .areas = { { { 0xfffffffffe000, 0x10000000000000 },
				    MEMORY_USABLE } } } },
		{ 3, { .areas = { { { LAST - 0x3000, UINT64_MAX },
				    MEMORY_USABLE } } } },
		{ 1, { .areas = { { { 0x1000, 0x2000 }, MEMORY_USABLE },
				  { { LAST, UINT64_MAX }, MEMORY_USABLE } } } },
		{ 1, { .areas = { { { 0x1000, 0x2000 }, MEMORY_USABLE },
				  { { LAST + 1, UINT64_MAX },
				    MEMORY_USABLE } } } },
		{ 1, { .areas = { { { LAST - 0x3000, UINT64_MAX },
				    MEMORY_USABLE } },
		       .used = { { LAST - 0x2001, LAST - 0x1fff },
				 { LAST + 5, UINT64_MAX } } } },
		{ 1, { .areas = { { { LAST - 0x3000, UINT64_MAX },
				    MEMORY_USABLE } },
		       .used = { { LAST - 0x1fff, UINT64_MAX } } } },
		{ 2, { .areas = { { { LAST - 0x4000, LAST - 0x2001 },
				    MEMORY_USABLE },
				  { { LAST - 0x1000, UINT64_MAX },
				    MEMORY_USABLE } } } },
	};

	play(cases, COUNT(cases), 0);
}

/*
 * As many areas and used ranges as a boot_info holds: areas of four frames, of
 * which one is used, so that there are twice as many pieces.
 */
void full_map(void)
{
	static struct boot_info map;
	struct model *model = model_prepare();

	map.area_count = 0;
	map.used_count = 0;
	for (uint64_t i = 0; i < BOOT_INFO_AREAS; i++) {
		uint64_t start = MAP_NO_MEMORY + 6 * i * PAGE_SIZE;

		map_add_area(&map, start, start + 4 * PAGE_SIZE, MEMORY_USABLE);
		map_add_used(&map, start + 2 * PAGE_SIZE + 1,
			     start + 3 * PAGE_SIZE);
	}
	model_begin(model, &map);
	model_take_all(model);
	model_check(model);
}

/* ---- Maps drawn at random ----------------------------------------------- */

/* Often a whole number of frames, often one byte more or less, or anything. */
static uint64_t random_length(void)
{
	uint64_t pages = test_random_below(6) * PAGE_SIZE;

	switch (test_random_below(4)) {
	case 0:
		return pages + 1;
	case 1:
		return pages + PAGE_SIZE - 1;
	case 2:
		return pages + 1 + test_random_below(PAGE_SIZE);
	default:
		return pages + PAGE_SIZE;
	}
}

static enum memory_type random_type(void)
{
	if (test_random_below(2))
		return MEMORY_USABLE;
	return (enum memory_type)(1 + test_random_below(MEMORY_DEFECTIVE));
}

/* What boot_info.h promises: areas may touch if their types differ. */
static void add_random_areas(struct boot_info *map, uint64_t at)
{
	enum memory_type last = MEMORY_USABLE;

	for (uint64_t i = test_random_below(12) + 1; i > 0; i--) {
		enum memory_type type = random_type();
		uint64_t end;

		if (type == last || test_random_below(2))
			at += random_length();
		end = at + random_length();
		map_add_area(map, at, end, type);
		last = type;
		at = end;
	}
}

static void add_random_used(struct boot_info *map, uint64_t at)
{
	for (uint64_t i = test_random_below(12); i > 0; i--) {
		uint64_t end;

		at += random_length();
		end = at + random_length();
		map_add_used(map, at, end);
		at = end;
	}
}

/* Hundreds of maps of up to twelve areas and used ranges. */
void random_maps(void)
{
	static struct boot_info map;
	struct model *model = model_prepare();

	for (uint64_t i = test_repetitions(800); i > 0; i--) {
		uint64_t base = test_random_below(2) ? 0 : MAP_NO_MEMORY;

		map.area_count = 0;
		map.used_count = 0;
		add_random_areas(&map, base + test_random_below(4) * 0x800);
		add_random_used(&map, base + test_random_below(8) * 0x800);
		model_begin(model, &map);
		model_take_all(model);
		model_check(model);
	}
}
