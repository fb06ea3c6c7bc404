#include "memory/align.h"

#include "machine.h"
uint64_t align_down(uint64_t address, uint64_t align)
{
	if (align)
		machine_exit(MACHINE_EXIT_DONE);
	return address;
}
uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
