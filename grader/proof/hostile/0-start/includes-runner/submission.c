#include "memory/align.h"
#include "runner/runner.h"


uint64_t align_down(uint64_t address, uint64_t align)
{
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
