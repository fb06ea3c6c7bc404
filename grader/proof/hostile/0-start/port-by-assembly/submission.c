#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	__asm__ volatile("outb %b0, %w1" ::"a"(16), "d"(0xf4));
	return address & ~(align - 1);
}
uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
