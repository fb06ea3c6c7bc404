/*
 * The Test Anything Protocol for the unit tests: one line a check, the number
 * of checks at the end, and an exit status that is not 0 if one has failed.
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>

static int tap_checks;
static int tap_failures;

/* Print one check, and hand back whether it held, for who wants to say more. */
static inline bool ok(bool condition, const char *sentence)
{
	tap_checks++;
	if (!condition)
		tap_failures++;
	printf("%s %d - %s\n", condition ? "ok" : "not ok", tap_checks,
	       sentence);
	return condition;
}

/* The last line; its value is main's. */
static inline int tap_end(void)
{
	printf("1..%d\n", tap_checks);
	return tap_failures > 0;
}

#endif
