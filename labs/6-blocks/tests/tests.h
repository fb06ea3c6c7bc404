/*
 * The tests that are lab 6's own, for the table in tests.c.
 */
#ifndef LABS_6_BLOCKS_TESTS_TESTS_H
#define LABS_6_BLOCKS_TESTS_TESTS_H

/* The first class and the last; each is twice as large as the one before. */
#define SMALLEST_CLASS 8
#define LARGEST_CLASS 2048

/* classes.c: which class a block is of. */
void class_sizes(void);
void classes_apart(void);
void classes_reused(void);
void init_forgets_lists(void);
void heap_is_full(void);
void small_then_large(void);

/* large.c: what no class holds. */
void large_blocks(void);
void over_aligned(void);
void large_then_small(void);

/* cost.c: what a call costs. */
void constant_time(void);

#endif
