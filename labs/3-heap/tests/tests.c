/*
 * The tests of lab 3: the heap region.  The mapper is not on trial here; whatever
 * init_heap has done is read from the page tables and through the processor.
 *
 * Each task is a file; region.h has what they share, rules.c the rules that a failure
 * names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: the good case. */
	{ "all_pages_mapped", all_pages_mapped },
	{ "frames_distinct", frames_distinct },
	{ "first_and_last_byte", first_and_last_byte },
	{ "nothing_around", nothing_around },
	{ "not_executable", not_executable },
	{ "closed_to_users", closed_to_users },
	{ "another_root", another_root },
	/* Task 2: the bad case. */
	{ "no_frame", no_frame },
	{ "second_attempt", second_attempt },
	{ "page_in_the_way", page_in_the_way },
	{ "huge_page_in_the_way", huge_page_in_the_way },
};

LAB("3-heap", tests);
