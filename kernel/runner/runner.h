/*
 * The runner: runs the tests of the lab one after the other and prints the
 * transcript.  docs/transcript.md describes its lines.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include <stdint.h>

#include "runner/options.h"

/* Run the tests from options.first to options.last. */
void runner_run(struct runner_options options);

/*
 * From inside a test's helpers: the address in the test itself of the call that led
 * to the function with this stack frame; 0 if the test has called that function itself.
 */
uint64_t runner_called_at(const void *frame);

#endif
