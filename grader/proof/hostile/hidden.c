/*
 * For the submissions that attack at run time.  Instructions that are nowhere in
 * the code as such: a constant holds them, the compiler puts it into the function
 * that stores it, and there its bytes are found and called.  No screening can tell
 * such a constant from an honest one.
 */
#include <stdbool.h>
#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

typedef uint64_t hidden_code(uint64_t, uint64_t);

static volatile uint64_t hiding_place;

static uint64_t bytes_at(const uint8_t *at)
{
	uint64_t bytes = 0;

	for (int i = 7; i >= 0; i--)
		bytes = bytes << 8 | at[i];
	return bytes;
}

/* The place behind `function` that holds the constant of that complement. */
static hidden_code *hidden_in(void (*function)(void), uint64_t complement)
{
	const uint8_t *at = (const uint8_t *)function;

	while (bytes_at(at) != ~complement)
		at++;
	return (hidden_code *)at;
}

/*
 * Where the n-th call in a function of the kernel leads, from 1.  What is no call,
 * but has its first byte, leads far away.
 */
__attribute__((unused)) static void *called_by(void *function, int n)
{
	const uint8_t *at = function;

	for (;; at++) {
		int32_t distance = (int32_t)bytes_at(at + 1);

		if (*at == 0xe8 && distance > -1000000 && distance < 1000000 &&
		    --n == 0)
			return (void *)(at + 5 + distance);
	}
}

/* The kernel lies in the upper half, a process in the lower. */
__attribute__((unused)) static bool on_the_machine(void)
{
	return (int64_t)(uint64_t)hidden_in < 0;
}
