/*
 * The tests of lab 5, for the table in tests.c.  What each of them is about
 * stands above it.
 */
#ifndef LABS_5_LIST_TESTS_TESTS_H
#define LABS_5_LIST_TESTS_TESTS_H

/* first_half.c: first fit, splitting, giving back. */
void first_block(void);
void simple_allocation(void);
void blocks_stay_apart(void);
void alignments(void);
void impossible_sizes(void);
void bad_align(void);
void exhaustion(void);
void holes(void);
void init_again(void);
void many_boxes(void);
void many_boxes_long_lived(void);
void large_vec(void);
void zeroed(void);
void resized(void);

/* second_half.c: coalescing, padding, edges. */
void free_upwards(void);
void free_downwards(void);
void free_every_other(void);
void padding(void);
void small_blocks(void);
void tiny_heaps(void);
void no_room(void);
void random_operations(void);
void utilisation(void);

/* sequences.c */
void short_sequences(void);

#endif
