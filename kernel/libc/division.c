/*
 * What compilers call to divide numbers of 128 bits.
 */
#include <stdint.h>

typedef unsigned __int128 u128;
typedef __int128 s128;

u128 __udivmodti4(u128 number, u128 by, u128 *rest);
u128 __udivti3(u128 number, u128 by);
u128 __umodti3(u128 number, u128 by);
s128 __divmodti4(s128 number, s128 by, s128 *rest);
s128 __divti3(s128 number, s128 by);
s128 __modti3(s128 number, s128 by);

/* By the processor's own division, digit by digit of 64 bits; by 0 it faults. */
static u128 divide_by_word(u128 number, uint64_t by, uint64_t *rest)
{
	uint64_t high = (uint64_t)(number >> 64) / by;
	uint64_t low;

	__asm__("divq %4"
		: "=a"(low), "=d"(*rest)
		: "a"((uint64_t)number),
		  "d"((uint64_t)(number >> 64) % by), "r"(by)
		: "cc");
	return (u128)high << 64 | low;
}

u128 __udivmodti4(u128 number, u128 by, u128 *rest)
{
	uint64_t quotient = 0, word_rest;
	int shift;

	if (by >> 64 == 0) {
		number = divide_by_word(number, (uint64_t)by, &word_rest);
		if (rest)
			*rest = word_rest;
		return number;
	}
	/* Both have more than 64 bits, so the quotient has fewer: subtract by hand. */
	if (number >> 64) {
		shift = __builtin_clzll((uint64_t)(by >> 64)) -
			__builtin_clzll((uint64_t)(number >> 64));
		for (; shift >= 0; shift--) {
			if (number < by << shift)
				continue;
			number -= by << shift;
			quotient |= 1ull << shift;
		}
	}
	if (rest)
		*rest = number;
	return quotient;
}

u128 __udivti3(u128 number, u128 by)
{
	return __udivmodti4(number, by, 0);
}

u128 __umodti3(u128 number, u128 by)
{
	u128 rest;

	__udivmodti4(number, by, &rest);
	return rest;
}

static u128 magnitude(s128 number)
{
	return number < 0 ? -(u128)number : (u128)number;
}

/* C rounds towards zero, so the remainder has the sign of the number. */
s128 __divmodti4(s128 number, s128 by, s128 *rest)
{
	u128 left;
	u128 quotient = __udivmodti4(magnitude(number), magnitude(by), &left);

	if (rest)
		*rest = (s128)(number < 0 ? -left : left);
	return (s128)((number < 0) != (by < 0) ? -quotient : quotient);
}

s128 __divti3(s128 number, s128 by)
{
	return __divmodti4(number, by, 0);
}

s128 __modti3(s128 number, s128 by)
{
	s128 rest;

	__divmodti4(number, by, &rest);
	return rest;
}
