/*
 * The host program: the tests of one lab, in a process instead of a kernel.
 *
 *   host [seed=N] [from=N] [to=N]
 *   judge [seed=N] [from=N] [to=N] -- COMMAND...   which starts the player
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

int main(int count, char **arguments)
{
	static const char *const known[] = { "seed=", "from=", "to=", NULL };
	struct runner_options options = runner_all();
	char word[32];

	for (int i = 1; i < count; i++) {
		if (strcmp(arguments[i], "--") == 0) {
			host_set_player(&arguments[i + 1]);
			break;
		}
		if (!argument_unknown(arguments[i], known, word, sizeof(word)) &&
		    runner_read(arguments[i], &options))
			continue;
		fprintf(stderr, RUNNER_WORDS "\n", arguments[i],
			lab.test_count);
		return EXIT_WRONG_USAGE;
	}
	host_memory_create();
	runner_run(options);
	return EXIT_SUCCESS;
}
