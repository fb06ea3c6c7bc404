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

/* The size that a block was taken with; 0 when none in use begins there. */
size_t heap_size_of(const void *block);

/* How many blocks are in use, whoever took them, and the layout of one of them. */
size_t heap_in_use(struct layout *layout);

#endif
