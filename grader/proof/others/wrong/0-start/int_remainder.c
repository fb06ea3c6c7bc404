// Design: remainder in a variable
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- the remainder is kept in 32 bits, so aligns above 2^32 round to a wrong address
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	uint32_t over = address % align;

	return address - over;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return address % align ? align_down(address, align) + align : address;
}
