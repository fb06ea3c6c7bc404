/*
 * How a test ends early: what panic, exceptions, the watchdog and unfinished
 * tasks tell the runner, which implements this (runner/runner.c).
 */
#ifndef LIB_VERDICT_H
#define LIB_VERDICT_H

#include <stdbool.h>

/* Whether a test is running (and not the runner, or the kernel's start-up). */
bool runner_in_test(void);

/* The name of the running test; "" when none is. */
const char *runner_test_name(void);

/* For panic: unwinds a test that expected it, or else returns. */
void runner_meet_expected_panic(void);

/*
 * Finish the test's line with the verdict in brackets, once; details may follow,
 * each line indented by two spaces.  Does nothing when no test is running.
 */
void runner_verdict(const char *verdict);

/* Leave the running test, whose verdict is given; returns when none is. */
void runner_leave_test(void);

#endif
