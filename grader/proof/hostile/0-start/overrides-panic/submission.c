#include "memory/align.h"

void panic_at(const char *file, int line, const char *format, ...)
{
	(void)file, (void)line, (void)format;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
