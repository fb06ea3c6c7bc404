// Design: masks, with a check for overflow
// Breaks: "The caller knows that one exists: address <= UINT64_MAX - (align - 1)." (kernel/memory/align.h) -- refuses from UINT64_MAX - align + 1 on, which is itself the last multiple; gives 0 for it
// Shown: yes
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & -align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	if (address > UINT64_MAX - align)
		return 0;	/* would overflow */
	return align_down(address + align - 1, align);
}
