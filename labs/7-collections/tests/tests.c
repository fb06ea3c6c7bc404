/*
 * The tests of lab 7: vector and reference count, on an allocator of ours.
 *
 * They go from the most basic to the finest, so the first failure is the one to
 * look at.  Each task is a file; vector.c and counted.c know what a vector and a
 * counted value must hold, heap.c what the submission takes and gives back.
 */
#include "tests.h"

static const struct test tests[] = {
	/* Task 1: room. */
	{ "first_room", first_room },
	{ "doubling", doubling },
	{ "large_steps", large_steps },
	{ "room_enough", room_enough },
	{ "index_check", index_check },
	{ "item_layouts", item_layouts },
	{ "too_large", too_large },
	{ "full_heap", full_heap },
	{ "free_and_again", free_and_again },
	{ "two_vectors", two_vectors },
	/* Task 2: items. */
	{ "push_and_pop", push_and_pop },
	{ "pop_of_none", pop_of_none },
	{ "without_the_item", without_the_item },
	{ "insert_anywhere", insert_anywhere },
	{ "remove_anywhere", remove_anywhere },
	{ "index_beyond", index_beyond },
	{ "own_item", own_item },
	{ "no_memory", no_memory },
	{ "vec_random", vec_random },
	/* Task 3: owners. */
	{ "rc_first", rc_first },
	{ "rc_layouts", rc_layouts },
	{ "rc_counts", rc_counts },
	{ "last_owner", last_owner },
	{ "rc_no_value", rc_no_value },
	{ "rc_no_memory", rc_no_memory },
	/* Task 4: weak references. */
	{ "weak_counts", weak_counts },
	{ "upgrade", upgrade },
	{ "upgrade_too_late", upgrade_too_late },
	{ "weak_keeps_the_counts", weak_keeps_the_counts },
	{ "weak_goes_first", weak_goes_first },
	{ "rc_callers_bugs", rc_callers_bugs },
	{ "rc_random", rc_random },
};

LAB("7-collections", tests);
