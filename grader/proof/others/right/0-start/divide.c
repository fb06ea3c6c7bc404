// Design: count whole multiples by division, multiply again
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	uint64_t multiples = address / align;
	return multiples * align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t multiples = address / align;
	if (multiples * align != address)
		multiples = multiples + 1;
	return multiples * align;
}
