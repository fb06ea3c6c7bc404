// Design: remainder, with a branch for addresses that are multiples already
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address - address % align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t below = address % align;

	if (below == 0)
		return address;
	return address + (align - below);
}
