// Design: subtract, with small addresses first
// Breaks: "The largest multiple of align, a power of two, that is not above address." (kernel/memory/align.h) -- an address equal to align counts as below the first multiple and gives 0
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	/* Nothing but 0 lies below the first multiple. */
	if (address <= align && align != 1)
		return 0;
	return address - address % align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t rest = address % align;
	return rest ? address - rest + align : address;
}
