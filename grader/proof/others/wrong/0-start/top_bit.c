// Design: bit by bit, from the lowest
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- the loop ends at bit 62, so an align of 2^63 leaves bit 62 of the address as it is
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	for (int bit = 0; bit < 62; bit++) {
		if (1ull << bit == align)
			break;
		address &= ~(1ull << bit);
	}
	return address;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t down = align_down(address, align);

	return down == address ? address : down + align;
}
