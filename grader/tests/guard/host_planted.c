/*
 * usage: planted BUG
 *
 * On a host, the one program of planted.c that has this bug.  What a heap finds is
 * printed in a line that begins with `found:`, or by the sanitizer.
 */
#include <string.h>

#include "test/test.h"

int main(int count, char **arguments)
{
	for (size_t i = 0; i < lab.test_count; i++)
		if (count == 2 && strcmp(arguments[1], lab.tests[i].name) == 0) {
			lab.tests[i].run();
			return 0;
		}
	return 3;
}
