/*
 * What programs do to a heap, for tests that look at it afterwards.  Each of these
 * gives back what it took, so that what the test keeps is all that is in use.
 */
#ifndef TEST_ALLOCATOR_USES_H
#define TEST_ALLOCATOR_USES_H

/* Fill the heap to the last byte; free each block after its neighbour below. */
void use_upwards(void);

/* The same, but after the neighbour above. */
void use_downwards(void);

/* First every other block, then those that have a free one on each side. */
void use_every_other(void);

/* Blocks of all aligns up to a page, with gaps in front of them. */
void use_aligns(void);

/* Blocks smaller than whatever an allocator writes into free ones. */
void use_small_blocks(void);

/* Ten thousand operations: the heap fills up, empties, and fills up again. */
void use_randomly(void);

/*
 * A full heap with holes that come and go: a block is given back, then another, and
 * the first one is possible again, because its own place is free.
 */
void use_again(void);

/*
 * Free blocks of many sizes are left, and one that is in use; then the upper half of
 * the heap becomes a new one, and takes as many.
 */
void use_after_init(void);

/* Forty of them, for a tiny heap; some of its blocks may stay. */
void use_a_little(void);

#endif
