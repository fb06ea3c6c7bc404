/*
 * The allocators that are compared: ours, each compiled with a prefix of its own, and
 * the one that this program's C library has, or that LD_PRELOAD puts in its place.
 */
#ifndef HEAP_ALLOCATORS_H
#define HEAP_ALLOCATORS_H

#include "test/allocator/traces.h"

#define OURS(name)                                                   \
	void name##_allocator_init(void *start, size_t size);        \
	void *name##_alloc(struct layout layout);                    \
	void name##_dealloc(void *block, struct layout layout)

#define ENTRY(name) \
	{ #name, name##_allocator_init, name##_alloc, name##_dealloc }

OURS(bump);
OURS(list);
OURS(blocks);
OURS(summit);

#endif
