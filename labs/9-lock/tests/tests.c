/*
 * The tests of lab 9.  They go from the most basic to the finest, so the first
 * failure is the one to look at.  rules.c has the rules that a failure names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: a lock. */
	{ "take_and_give", take_and_give },
	{ "release_of_a_free_lock", release_of_a_free_lock },
	{ "locks_apart", locks_apart },
	{ "two_processors", two_processors },
	{ "three_processors", three_processors },
	{ "what_was_written", what_was_written },
	{ "tries", tries },
	{ "tries_only", tries_only },
	{ "two_locks", two_locks },
	{ "interrupts_as_before", interrupts_as_before },
	{ "many_rounds", many_rounds },
	{ "long_wait", long_wait },
	{ "second_processor_adds", second_processor_adds },
	/* Task 2: interrupts. */
	{ "pair_alone", pair_alone },
	{ "restore_of_a_free_lock", restore_of_a_free_lock },
	{ "handler_takes_lock", handler_takes_lock },
	{ "pairs_nest", pairs_nest },
	{ "handlers_and_processors", handlers_and_processors },
	{ "another_lock", another_lock },
	{ "timer_waits_for_release", timer_waits_for_release },
	/* Task 3: the shared heap. */
	{ "heap_alone", heap_alone },
	{ "heap_bad_align", heap_bad_align },
	{ "heap_excludes", heap_excludes },
	{ "heap_three", heap_three },
	{ "heap_full", heap_full },
	{ "handler_allocates", handler_allocates },
	{ "handler_starts_over", handler_starts_over },
	{ "timer_allocates", timer_allocates },
	{ "second_processor_allocates", second_processor_allocates },
};

LAB("9-lock", tests);
