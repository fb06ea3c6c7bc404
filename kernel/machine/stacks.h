/*
 * The kernel's stacks.  Below each lies a guard page that tables.c leaves
 * unmapped: a stack that overflows faults, and the handler has another one.
 */
#ifndef MACHINE_STACKS_H
#define MACHINE_STACKS_H

#include <stdbool.h>
#include <stdint.h>

#include "machine.h"
#include "memory/page.h"

/* What machine.h promises, and some more for the runner and its tests. */
#define STACK_SIZE (MACHINE_STACK_SIZE + 4 * PAGE_SIZE)

/* How many processors the kernel can use; each has stacks of its own. */
#define MACHINE_PROCESSORS 2

struct guarded_stack {
	_Alignas(PAGE_SIZE) char guard[PAGE_SIZE];
	char bytes[STACK_SIZE];
};

/* The numbers of the last three are those in the TSS (IST1 to IST3). */
enum stack_use {
	STACK_KERNEL,
	STACK_DOUBLE_FAULT,
	STACK_PAGE_FAULT,
	STACK_NMI,
	STACK_COUNT,
};

extern struct guarded_stack stacks[MACHINE_PROCESSORS * STACK_COUNT];

static inline uint64_t stack_top(unsigned processor, enum stack_use use)
{
	return (uint64_t)&stacks[STACK_COUNT * processor + use + 1];
}

/* Whether [address, address + size) lies in one stack, not in a guard page. */
bool stack_contains(uint64_t address, uint64_t size);

/* Whether the address lies in the guard page below a stack. */
bool stack_guard_contains(uint64_t address);

#endif
