#include "memory/align.h"

#pragma redefine_extname mine runner_verdict
void mine(const char *);

uint64_t align_down(uint64_t address, uint64_t align)
{
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
