/*
 * The host program: the tests of one lab, in a process instead of a kernel.
 *
 *   host [seed=N] [from=N]
 *   judge [seed=N] [from=N] -- COMMAND...   the command starts the player
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "lib/arguments.h"
#include "runner/runner.h"
#include "test/test.h"

#define EXIT_WRONG_USAGE 2

/* How sanitizers behave before main begins; they look for these names. */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

const char *__ubsan_default_options(void)
{
	return "print_stacktrace=1:abort_on_error=1";
}

/* False for a word that is not understood. */
static bool read_word(const char *word, struct runner_options *options)
{
	if (strncmp(word, "seed=", 5) == 0)
		return argument_number(word, "seed", &options->seed);
	return strncmp(word, "from=", 5) == 0 &&
	       argument_number(word, "from", &options->first);
}

int main(int count, char **arguments)
{
	struct runner_options options = { .seed = 1, .first = 1 };

	for (int i = 1; i < count; i++) {
		if (strcmp(arguments[i], "--") == 0) {
			host_set_player(&arguments[i + 1]);
			break;
		}
		if (read_word(arguments[i], &options))
			continue;
		fprintf(stderr,
			"%s: \"%s\" is not understood; "
			"write seed=N or from=N, N a whole number\n",
			arguments[0], arguments[i]);
		return EXIT_WRONG_USAGE;
	}
	if (options.first < 1 || options.first > lab.test_count) {
		fprintf(stderr, "%s: from must be 1 to %zu\n", arguments[0],
			lab.test_count);
		return EXIT_WRONG_USAGE;
	}
	host_memory_create();
	runner_run(options);
	return EXIT_SUCCESS;
}
