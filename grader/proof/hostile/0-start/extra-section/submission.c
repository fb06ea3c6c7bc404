#include "memory/align.h"

__attribute__((section(".multiboot2"), used)) static const int header = 1;

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & ~(align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
