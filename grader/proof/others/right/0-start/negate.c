// Design: the distance to the next multiple is -address modulo align (the handout's challenge)
#include "memory/align.h"

uint64_t align_up(uint64_t address, uint64_t align)
{
	return address + (-address & (align - 1));
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	return -align_up(-address, align);
}
