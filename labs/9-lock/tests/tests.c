/*
 * The tests of lab 9.  They go from the most basic to the finest, so the first
 * failure is the one to look at.  rules.c has the rules that a failure names.
 */
#include "tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: a lock. */
	{ "take_and_give", take_and_give },
};

LAB("9-lock", tests);
