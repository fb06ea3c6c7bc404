/*
 * What GCC calls for __builtin_popcountll on a processor without that instruction.
 */
#include <stdint.h>

int __popcountdi2(uint64_t number);

/* Sums of neighbours: of 2, 4 and then 8 bits; the product adds up all bytes. */
int __popcountdi2(uint64_t number)
{
	number -= number >> 1 & 0x5555555555555555;
	number = (number & 0x3333333333333333) +
		 (number >> 2 & 0x3333333333333333);
	number = (number + (number >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return (int)(number * 0x0101010101010101 >> 56);
}
