/*
 * The host program: the tests of one lab, in a process instead of a kernel.
 *
 *   host [seed=N] [from=N]
 *   judge [seed=N] [from=N] -- COMMAND...   the command starts the player
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "test/runner.h"
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

/* Whether the argument is `name` and a whole number, which goes to *value. */
static bool read_number(const char *argument, const char *name, uint64_t *value)
{
	size_t length = strlen(name);
	char *end;

	if (strncmp(argument, name, length) != 0)
		return false;
	argument += length;
	errno = 0;
	*value = strtoull(argument, &end, 10);
	return *argument >= '0' && *argument <= '9' && !*end && !errno;
}

int main(int count, char **arguments)
{
	struct runner_options options = { .seed = 1, .first = 1 };

	for (int i = 1; i < count; i++) {
		if (strcmp(arguments[i], "--") == 0) {
			host_set_player(&arguments[i + 1]);
			break;
		}
		if (read_number(arguments[i], "seed=", &options.seed) ||
		    read_number(arguments[i], "from=", &options.first))
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
