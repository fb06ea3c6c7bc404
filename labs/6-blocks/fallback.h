/*
 * The allocator beneath yours: lab 5's linked list, linked once more under
 * names of its own.  It owns the heap; you ask it for what you have not got.
 *
 * The contracts are those of memory/allocator.h.  It walks a list, so a call
 * takes longer the more free pieces there are.
 */
#ifndef LABS_6_BLOCKS_FALLBACK_H
#define LABS_6_BLOCKS_FALLBACK_H

#include "memory/allocator.h"

void fallback_allocator_init(void *start, size_t size);
void *fallback_alloc(struct layout layout);
void fallback_dealloc(void *block, struct layout layout);

#endif
