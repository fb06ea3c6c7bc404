/*
 * The tests of lab 1: what every frame allocator does that keeps
 * memory/frame_allocator.h, whatever its design.  No test asks for a certain
 * frame.
 *
 * They go from the most basic to the finest, so the first failure is the one to
 * look at.  model.c knows which frames are free and where each of them is; map.c
 * has the maps, rules.c the rules that a failure names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: from area to area. */
	{ "first_frame", first_frame },
	{ "one_area", one_area },
	{ "several_areas", several_areas },
	{ "other_types", other_types },
	{ "nothing_usable", nothing_usable },
	/* Task 2: whole frames that nobody uses. */
	{ "partial_frames", partial_frames },
	{ "used_ranges", used_ranges },
	{ "used_by_a_byte", used_by_a_byte },
	{ "low_memory", low_memory },
	{ "high_addresses", high_addresses },
	{ "full_map", full_map },
	{ "random_maps", random_maps },
	/* Task 3: frames come back. */
	{ "give_back_one", give_back_one },
	{ "give_back_all", give_back_all },
	{ "contents_kept", contents_kept },
	{ "many_frames", many_frames },
	{ "several_allocators", several_allocators },
	{ "init_again", init_again },
	{ "random_operations", random_operations },
	/* Task 4: what it costs, and the machine itself. */
	{ "huge_area", huge_area },
	{ "constant_time", constant_time },
	{ "own_map", own_map },
};

LAB("1-frames", tests);
