/*
 * The runner: runs the tests of the lab one after the other and prints the
 * transcript.  docs/transcript.md describes its lines.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include "runner/options.h"

/* Run the tests from options.first to options.last. */
void runner_run(struct runner_options options);

#endif
