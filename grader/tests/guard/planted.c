/*
 * usage: planted BUG
 *
 * A program with one bug, which goes on after it as programs do: the table in lab 8's
 * handout says which heap notices which.  What a heap finds is printed in a line that
 * begins with `found:`, or by the sanitizer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heaps.h"

static volatile char *one, *two;

static void overflow_by_one(void)
{
	one[24] = 1;
}

static void overflow_in_padding(void)
{
	volatile char *odd = TAKE(21);

	odd[21] = 1;
	GIVE((void *)odd, 21);
}

/* Over all zones, into a block that is in use. */
static void overflow_into_another(void)
{
	one[two - one + 3] = 1;
}

static void underflow(void)
{
	two[-1] = 1;
}

static void write_after_free(void)
{
	GIVE((void *)one, 24);
	one[3] = 1;
	one = TAKE(24);
}

static void read_after_free(void)
{
	one[0] = 7;
	GIVE((void *)one, 24);
	if (one[0] == (char)GUARD_FREED)
		printf("found: poison, which was read\n");
	one = TAKE(24);
}

static void read_before_write(void)
{
	volatile char *fresh = TAKE(40);

	if (fresh[8] == (char)GUARD_FRESH)
		printf("found: poison, which was read\n");
	GIVE((void *)fresh, 40);
}

static void double_free(void)
{
	GIVE((void *)one, 24);
	GIVE((void *)one, 24);
	one = TAKE(24);
}

static void free_from_inside(void)
{
	GIVE((void *)(one + 8), 24);
}

static void free_of_nothing(void)
{
	static _Alignas(16) char variable[64];

	GIVE(variable, 24);
}

static void other_layout(void)
{
	GIVE((void *)two, 48);
	two = TAKE(24);
}

static void leak(void)
{
	one = TAKE(24);
	one[0] = 1;
}

static const struct bug {
	const char *name;
	void (*plant)(void);
} bugs[] = {
	{ "overflow-by-one", overflow_by_one },
	{ "overflow-in-padding", overflow_in_padding },
	{ "overflow-into-another", overflow_into_another },
	{ "underflow", underflow },
	{ "write-after-free", write_after_free },
	{ "read-after-free", read_after_free },
	{ "read-before-write", read_before_write },
	{ "double-free", double_free },
	{ "free-from-inside", free_from_inside },
	{ "free-of-nothing", free_of_nothing },
	{ "other-layout", other_layout },
	{ "leak", leak },
};

#define BUGS (sizeof(bugs) / sizeof(bugs[0]))

/* A program as any: blocks come and go. */
static void go_on(void)
{
	for (int i = 0; i < 8; i++) {
		char *block = TAKE(24);

		memset(block, 5, 24);
		GIVE(block, 24);
	}
}

int main(int count, char **arguments)
{
	size_t i = 0;

	setvbuf(stdout, NULL, _IONBF, 0);
	while (i < BUGS && (count != 2 || strcmp(arguments[1], bugs[i].name)))
		i++;
	if (i == BUGS && (count != 2 || strcmp(arguments[1], "none")))
		return 3;
	heap_begin();
	one = TAKE(24);
	two = TAKE(24);
	if (i < BUGS)
		bugs[i].plant();
	go_on();
	GIVE((void *)two, 24);
	GIVE((void *)one, 24);
	heap_end();
	return 0;
}
