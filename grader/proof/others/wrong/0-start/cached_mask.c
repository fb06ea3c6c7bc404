// Design: the mask of the last align is remembered between calls
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- the remembered align is 32 bits wide: all aligns from 2^32 on look alike, and use the mask of an earlier one
// Shown: yes
#include "memory/align.h"

static uint32_t last_align;
static uint64_t last_mask;

static uint64_t mask_of(uint64_t align)
{
	if (last_align != (uint32_t)align || !last_mask) {
		last_align = align;
		last_mask = ~(align - 1);
	}
	return last_mask;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & mask_of(align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t mask = mask_of(align);

	return (address + ~mask) & mask;
}
