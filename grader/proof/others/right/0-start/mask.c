// Design: masks, the short way
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & ~(align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
