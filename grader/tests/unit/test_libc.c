/*
 * What compilers call unasked, against what they have on the host: each function of
 * kernel/libc under another name, with numbers of all lengths.
 */
#define __udivmodti4 our_udivmod
#define __udivti3 our_udiv
#define __umodti3 our_umod
#define __divmodti4 our_divmod
#define __divti3 our_div
#define __modti3 our_mod
#include "libc/division.c"
#define __popcountdi2 our_popcount
#include "libc/bits.c"

#include <stdlib.h>

#include "tap.h"

/* A number of 0 to 128 bits. */
static u128 any_number(void)
{
	u128 number = 0;
	int bits = (int)(rand() % 129);

	for (int i = 0; i < 5; i++)
		number = number << 31 ^ (u128)rand();
	return bits ? number >> (128 - bits) : 0;
}

static bool unsigned_is_right(u128 number, u128 by)
{
	return our_udiv(number, by) == number / by &&
	       our_umod(number, by) == number % by;
}

static bool signed_is_right(s128 number, s128 by)
{
	return our_div(number, by) == number / by &&
	       our_mod(number, by) == number % by;
}

int main(void)
{
	bool unsigned_right = true, signed_right = true, bits_right = true;

	srand(7);
	for (int i = 0; i < 300000; i++) {
		u128 number = any_number(), by = any_number() | (i % 3 == 0);
		s128 halved = (s128)(number >> 1), half = (s128)(by >> 1);

		if (by)
			unsigned_right &= unsigned_is_right(number, by);
		if (half)
			signed_right &= signed_is_right(i & 1 ? halved : -halved,
							i & 2 ? half : -half);
		bits_right &= our_popcount((uint64_t)number) ==
			      __builtin_popcountll((uint64_t)number);
	}
	ok(unsigned_right, "numbers of 128 bits are divided");
	ok(signed_right, "so are those with a sign");
	ok(bits_right, "bits are counted");
	return tap_end();
}
