#include "runner/options.h"

#include "lib/arguments.h"
#include "lib/string.h"
#include "test/test.h"

#define MOST_DIGITS 20 /* of 2^64 - 1 */

/* Into *number, which stays as it is if there is no such word. */
static bool read_number(const char *line, const char *name, uint64_t *number)
{
	char text[MOST_DIGITS + 2]; /* so that a longer one is noticed */
	uint64_t value = 0;

	if (!argument_text(line, name, text, sizeof(text)))
		return true;
	if (!text[0] || strlen(text) > MOST_DIGITS)
		return false;
	for (size_t i = 0; text[i]; i++) {
		if (text[i] < '0' || text[i] > '9' ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, text[i] - '0', &value))
			return false;
	}
	*number = value;
	return true;
}

struct runner_options runner_all(void)
{
	return (struct runner_options){ 1, 1, lab.test_count };
}

bool runner_read(const char *line, struct runner_options *options)
{
	return read_number(line, "seed=", &options->seed) &&
	       read_number(line, "from=", &options->first) &&
	       read_number(line, "to=", &options->last) &&
	       options->first >= 1 && options->first <= options->last &&
	       options->last <= lab.test_count;
}
