#include "memory/align.h"

typedef uint64_t align_function(uint64_t, uint64_t);
static uint64_t any(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
static align_function *choose(void)
{
	return any;
}
uint64_t align_down(uint64_t, uint64_t) __attribute__((ifunc("choose")));
uint64_t align_up(uint64_t, uint64_t) __attribute__((ifunc("choose")));
