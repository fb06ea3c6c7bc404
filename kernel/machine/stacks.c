#include "machine/stacks.h"

#include <stddef.h>

struct guarded_stack stacks[MACHINE_PROCESSORS * STACK_COUNT];

_Static_assert(offsetof(struct guarded_stack, bytes) == PAGE_SIZE,
	       "the guard is one page, and the stack begins after it");
_Static_assert(sizeof(struct guarded_stack) == 21 * PAGE_SIZE,
	       "entry.asm has the same number");

bool stack_contains(uint64_t address, uint64_t size)
{
	for (int i = 0; i < MACHINE_PROCESSORS * STACK_COUNT; i++) {
		uint64_t bottom = (uint64_t)stacks[i].bytes;

		if (address >= bottom && address - bottom <= STACK_SIZE - size)
			return true;
	}
	return false;
}

bool stack_guard_contains(uint64_t address)
{
	for (int i = 0; i < MACHINE_PROCESSORS * STACK_COUNT; i++)
		if (address - (uint64_t)stacks[i].guard < PAGE_SIZE)
			return true;
	return false;
}
