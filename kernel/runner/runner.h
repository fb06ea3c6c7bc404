/*
 * The runner: runs the tests of the lab one after the other and prints the
 * transcript.  docs/transcript.md describes its lines.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

struct runner_options {
	uint64_t seed;
	uint64_t first; /* number of the first test to run, from 1 */
};

/* Run every test from options.first to the last. */
void runner_run(struct runner_options options);

/* Whether a test is running (and not the runner, or the kernel's start-up). */
bool runner_in_test(void);

/*
 * For whatever ends a test early: finish its line with the verdict in brackets,
 * once; details may follow, each line indented by two spaces.
 */
void runner_verdict(const char *verdict);

/* For panic: unwinds a test that expected it, or else returns. */
void runner_meet_expected_panic(void);

/* The name of the running test; "" when none is. */
const char *runner_test_name(void);

#endif
