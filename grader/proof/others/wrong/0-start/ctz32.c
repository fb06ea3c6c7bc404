// Design: shift by the number of trailing zeroes
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- the loop counts in 32 bits and stops at 31, so larger aligns are rounded to 2^31 only
// Shown: yes
#include "memory/align.h"

static int zeroes(uint64_t align)
{
	int n = 0;
	for (; n < 31 && !(align & 1u << n); n++)
		;
	return n;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	int n = zeroes(align);
	return (address >> n) << n;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	int n = zeroes(align);
	return ((address + ((1ull << n) - 1)) >> n) << n;
}
