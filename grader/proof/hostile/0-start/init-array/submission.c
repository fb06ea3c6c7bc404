#include "memory/align.h"

static void begin(void)
{
	for (;;)
		;
}
__attribute__((section(".init_array"), used)) static void (*const entry)(void) = begin;

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & ~(align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
