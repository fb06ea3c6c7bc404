/*
 * The allocator that collections stand on in the tests of lab 7, called where the
 * submission lives, so that both take from one heap.
 */
#ifndef LABS_7_COLLECTIONS_BESIDE_H
#define LABS_7_COLLECTIONS_BESIDE_H

#include "memory/allocator.h"

/* Start over with an empty heap in [start, start + size). */
void heap_start_over(void *start, size_t size);

/* As alloc and dealloc. */
void *heap_take(struct layout layout);
void heap_give(void *block, struct layout layout);

#endif
