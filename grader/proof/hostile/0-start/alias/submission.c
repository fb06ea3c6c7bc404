#include "memory/align.h"

void mine(void)
{
}
extern void runner_verdict(void) __attribute__((__alias__("mine")));

uint64_t align_down(uint64_t address, uint64_t align)
{
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
