// Design: division and multiplication with signed numbers
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- an address in the upper half is negative, and signed division rounds it towards zero, which is up
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	int64_t count = (int64_t)address / (int64_t)align;

	return (uint64_t)count * align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return (address + align - 1) / align * align;
}
