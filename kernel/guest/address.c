/*
 * What an address that faulted says about the mistake: most bad pointers are one of a
 * few kinds.
 */
#include "guest/isolate_unwind.h"
#include "machine/exceptions.h"
#include "machine/stacks.h"
#include "machine/tables.h"
#include "memory/heap.h"

const char *address_explained(uint64_t address)
{
	uint64_t heap_end = isolate_heap_end();

	if (stack_guard_contains(address))
		return ", a guard page: the stack has overflowed";
	if (address == 0)
		return ", a NULL pointer";
	if (address < PAGE_SIZE)
		return ", an offset from a NULL pointer";
	if (address < DIRECT_MAP_SIZE)
		return ", so low that it may be a physical address: "
		       "machine_frame_memory makes a pointer of one";
	if (address == heap_end)
		return ", the heap's end";
	if (address > heap_end && address - heap_end < PAGE_SIZE)
		return ", just behind the heap's end";
	if (address < HEAP_START && HEAP_START - address <= PAGE_SIZE)
		return ", just below the heap's start";
	return "";
}
