/*
 * The tests of lab 8.  They go from the most basic to the finest, so the first
 * failure is the one to look at.  rules.c has the rules that a failure names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: guard_init and guard_alloc, blocks between zones. */
	{ "first_block", first_block },
	{ "fresh_blocks", fresh_blocks },
	{ "bad_align", bad_align },
	{ "no_bytes", no_bytes },
	{ "blocks_stay_apart", blocks_stay_apart },
	{ "alignments", alignments },
	{ "impossible_sizes", impossible_sizes },
	{ "init_again", init_again },
	{ "no_room", no_room },
	{ "memory_bound", memory_bound },
	/* Task 2: guard_check, and what is written beside a block. */
	{ "nothing_wrong", nothing_wrong },
	{ "overflow", overflow },
	{ "underflow", underflow },
	{ "several_wrong", several_wrong },
	/* Task 3: guard_dealloc, and what is freed wrongly. */
	{ "take_and_give", take_and_give },
	{ "found_when_freed", found_when_freed },
	{ "other_layout", other_layout },
	{ "free_inside", free_inside },
	{ "never_allocated", never_allocated },
	/* Task 4: the quarantine. */
	{ "read_after_free", read_after_free },
	{ "use_after_free", use_after_free },
	{ "zones_after_free", zones_after_free },
	{ "taken_back", taken_back },
	{ "double_free", double_free },
	{ "oldest_leaves", oldest_leaves },
	{ "damaged_stays", damaged_stays },
	{ "all_comes_back", all_comes_back },
	{ "full_heap", full_heap },
	/* Task 5: the books, and what they tell at the end. */
	{ "leaks", leaks },
	{ "any_sites", any_sites },
	{ "init_forgets", init_forgets },
	{ "wild_byte", wild_byte },
	{ "wild_bytes", wild_bytes },
	/* All together. */
	{ "planted_program", planted_program },
	{ "random_operations", random_operations },
	{ "random_bugs", random_bugs },
	{ "instructions", instructions },
};

LAB("8-guard", tests);
