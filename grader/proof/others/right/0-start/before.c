// Design: rounding up is rounding the address before down, plus one multiple (address 0 wraps to 0 again)
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	uint64_t bit;

	/* Clear bit after bit below align. */
	for (bit = 1; bit != align; bit <<= 1) {
		if (address & bit)
			address ^= bit;
	}
	return address;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address - 1, align) + align;
}
