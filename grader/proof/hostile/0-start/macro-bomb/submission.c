#include "memory/align.h"

#define A "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define E D D D D D D D D D D D D D D D D
#define F E E E E E E E E E E E E E E E E
const char *text = F F F F F F F F F F F F F F F F;

uint64_t align_down(uint64_t address, uint64_t align)
{
	return address & ~(align - 1);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
