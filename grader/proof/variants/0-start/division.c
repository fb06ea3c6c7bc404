/*
 * Design: count the multiples below the address, and multiply back.  Address 0
 * is a case of its own in align_up, where 1 is subtracted before dividing.
 *
 * A test must not assume that rounding up adds align - 1 to the address, or
 * anything else that could overflow: here the sum never passes the result.
 */
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address / align * align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	if (address == 0)
		return 0;
	return ((address - 1) / align + 1) * align;
}
