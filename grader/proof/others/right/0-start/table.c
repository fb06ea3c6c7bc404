// Design: a table of all 64 masks, found by comparing; prints what it does
#include "memory/align.h"

#include "lab.h"

#define M(n) ((UINT64_MAX << (n)))
#define M4(n) M(n), M((n) + 1), M((n) + 2), M((n) + 3)
#define M16(n) M4(n), M4((n) + 4), M4((n) + 8), M4((n) + 12)

static const uint64_t masks[64] = { M16(0), M16(16), M16(32), M16(48) };

static uint64_t mask_for(uint64_t align)
{
	for (int i = 0; i < 64; i++) {
		if (masks[i] == (uint64_t)0 - align)
			return masks[i];
	}
	panic("align is not a power of two");
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	debug_printf("down %llx to %llx\n", (unsigned long long)address,
		     (unsigned long long)align);
	return address & mask_for(align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t mask = mask_for(align);

	debug_printf("up %llx to %llx\n", (unsigned long long)address,
		     (unsigned long long)align);
	/* Fill all bits below the multiple, then step over the edge. */
	if (address & ~mask)
		return (address | ~mask) + 1;
	return address;
}
