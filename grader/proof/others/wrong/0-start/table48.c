// Design: a table of masks, filled on first use
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- the table has 48 entries (addresses of 48 bits); a larger align finds none and the address is returned unrounded
// Shown: yes
#include "memory/align.h"

#include <stdbool.h>

#define BITS 48

static uint64_t masks[BITS];
static bool filled;

static uint64_t mask(uint64_t align)
{
	if (!filled) {
		for (int i = 0; i < BITS; i++)
			masks[i] = ~((1ull << i) - 1);
		filled = true;
	}
	for (int i = 0; i < BITS; i++)
		if ((1ull << i) == align)
			return masks[i];
	return ~0ull;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & mask(align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return (address + ~mask(align)) & mask(align);
}
