/*
 * The runner: runs the tests of the lab one after the other and prints the
 * transcript.  docs/transcript.md describes its lines.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include <stdint.h>

struct runner_options {
	uint64_t seed;
	uint64_t first; /* number of the first test to run, from 1 */
};

/* Run every test from options.first to the last. */
void runner_run(struct runner_options options);

#endif
