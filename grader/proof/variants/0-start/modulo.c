/*
 * Design: the remainder, as the definition of a multiple has it.  No masks, so
 * it would serve for any align, powers of two or not.
 *
 * A test must not assume that an align is looked at bit by bit, nor that
 * align_up is made of align_down.
 */
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address - address % align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t above = address % align;

	return above ? address + (align - above) : address;
}
