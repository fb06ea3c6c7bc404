// Design: recursion over the bits of align
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	if (align <= 1)
		return address;
	return align_down(address / 2, align / 2) * 2;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	if (align <= 1)
		return address;
	/* Half of it, rounded up, and without a sum that could overflow. */
	return align_up(address / 2 + address % 2, align / 2) * 2;
}
