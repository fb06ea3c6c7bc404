// Design: two halves of 32 bits, the lower one rounded
// Breaks: "The smallest multiple of align, a power of two, that is not below address." (kernel/memory/align.h) -- for aligns below 2^32 only the lower half is rounded, and its carry at a 4 GiB border is lost
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & ~(align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint32_t high = address >> 32;
	uint32_t low = address;

	if (align >> 32)
		return align_down(address + align - 1, align);
	low = (low + (uint32_t)align - 1) & ~((uint32_t)align - 1);
	return (uint64_t)high << 32 | low;
}
