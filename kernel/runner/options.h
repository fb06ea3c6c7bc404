/*
 * Which tests are run: what the words of a command line ask for, on the kernel and
 * on the host.
 */
#ifndef RUNNER_OPTIONS_H
#define RUNNER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct runner_options {
	uint64_t seed;
	uint64_t first, last; /* the numbers of the tests, from 1 */
};

/* What is run if no word asks for anything else: all of the lab's tests. */
struct runner_options runner_all(void);

/*
 * Obey the words "seed=N", "from=N" and "to=N" of the line, wherever they stand in
 * it.  False if one of them is not a number, or no test has it.
 */
bool runner_read(const char *line, struct runner_options *options);

/* What to say then, as a format for the line and the number of tests. */
#define RUNNER_WORDS                                                         \
	"%s: seed=N, from=N and to=N take whole numbers, and from and to "   \
	"such as 1 <= from <= to <= %zu"

#endif
