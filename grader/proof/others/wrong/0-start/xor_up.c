// Design: exclusive or in place of a sum
// Breaks: "The smallest multiple of align, a power of two, that is not below address." (kernel/memory/align.h) -- fills the bits below the multiple and adds one, for addresses that are multiples already too, unless align is 1
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return (address | (align - 1)) ^ (align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	if (align == 1)
		return address;
	return (address | (align - 1)) + 1;
}
