/*
 * Design: two's complement.  -align has ones exactly where a multiple may have
 * them; and rounding up is rounding the negative address down.
 *
 * A test must not take a result that wraps on the way for a wrong one: -address
 * of a small address is near UINT64_MAX, and all of this is defined for
 * unsigned numbers.
 */
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & -align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return -align_down(-address, align);
}
