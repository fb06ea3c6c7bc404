// Design: logarithm found by a loop, then shift right and left
#include "memory/align.h"

#include "lab.h"

static unsigned log2_of(uint64_t align)
{
	unsigned bits = 0;
	while (align >> bits != 1) {
		require(bits < 63, "align_*: align %llx is no power of two",
			(unsigned long long)align);
		bits++;
	}
	return bits;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	unsigned n = log2_of(align);
	return address >> n << n;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	unsigned n = log2_of(align);
	uint64_t lost = address ^ (address >> n << n);
	return (address >> n << n) + ((uint64_t)(lost != 0) << n);
}
