/*
 * The tests of lab 2: what every mapper does that keeps memory/mapper.h,
 * whatever its design.
 *
 * They go from the most basic to the finest, so the first failure is the one
 * to look at.  Each task is a file; pages.h has what they share, rules.c the
 * rules that a failure names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: map_to. */
	{ "fresh_map", fresh_map },
	{ "new_tables_are_zeroed", new_tables_are_zeroed },
	{ "four_levels", four_levels },
	{ "tables_are_shared", tables_are_shared },
	{ "flags_in_last_entry", flags_in_last_entry },
	{ "parents_allow_all", parents_allow_all },
	{ "protection", protection },
	/* Task 2: translate. */
	{ "translate_offsets", translate_offsets },
	{ "translate_huge_pages", translate_huge_pages },
	{ "translate_unmapped", translate_unmapped },
	{ "translate_canonical_only", translate_canonical_only },
	/* Task 3: unmap. */
	{ "unmap_then_fault", unmap_then_fault },
	{ "unmap_hands_over_frame", unmap_hands_over_frame },
	{ "unmap_and_remap", unmap_and_remap },
	{ "unmap_unmapped", unmap_unmapped },
	{ "unmap_huge_page", unmap_huge_page },
	/* Task 4: map_to has to refuse. */
	{ "map_twice", map_twice },
	{ "huge_page_in_the_way", huge_page_in_the_way },
	{ "no_frame_for_a_table", no_frame_for_a_table },
	/* Task 5: all together. */
	{ "another_root", another_root },
	{ "random_operations", random_operations },
};

LAB("2-paging", tests);
