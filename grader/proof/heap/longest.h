/* The longest call of an allocator, in instructions, counted one by one. */
#ifndef HEAP_LONGEST_H
#define HEAP_LONGEST_H

#include "test/allocator/traces.h"

/* What each of the two functions took at most. */
struct longest {
	unsigned long alloc, dealloc;
};

/*
 * Play the trace that was written last.  The first block of all is taken and given back
 * before, so what an allocator does once is not counted; neither is what the system does
 * in a system call.  A heap of `size` bytes must suffice.
 */
struct longest longest_calls(const struct trace_allocator *allocator,
			     void *heap, size_t size);

#endif
