/*
 * Tests that hold for allocators of several designs.  Each allocator lab lists
 * in its tests.c those that hold for its own; what a test is about stands above
 * it.
 */
#ifndef TEST_ALLOCATOR_TESTS_H
#define TEST_ALLOCATOR_TESTS_H

/* blocks.c: blocks are taken, or refused. */
void first_block(void);
void blocks_stay_apart(void);
void alignments(void);
void impossible_sizes(void);
void bad_align(void);
void init_again(void);

/* values.c: boxes and a vector, as in a program. */
void simple_allocation(void);
void many_boxes(void);
void many_boxes_long_lived(void);
void large_vec(void);

/* defaults.c: what the interface builds on alloc and dealloc. */
void zeroed(void);
void zeroed_alone(void);
void zeroed_refused(void);
void resized_larger(void);
void resized_smaller(void);
void resized_frees(void);
void resized_refused(void);
void resized(void); /* and what it frees can be had again at once */

/* whole.c: all of the heap comes back, when nothing is in use. */
void one_stays(void);
void refused_requests(void);
void init_forgets_blocks(void);
void free_upwards(void);
void free_downwards(void);
void free_every_other(void);
void random_operations(void);

/* joins.c: all of it comes back while some blocks stay. */
void joins_upwards(void);
void joins_downwards(void);
void joins_every_other(void);
void joins_padding(void);
void joins_small_blocks(void);
void joins_tiny_heaps(void);
void joins_randomly(void);

/* reused.c: where memory keeps its size, what was in use can be had again. */
void reused_randomly(void);
void reused_tiny_heaps(void);

/* small_heaps.c: heaps with little room, or none. */
void tiny_heaps(void);
void no_room(void);

/* sequences.c: every short sequence of calls, some of them beside a block that stays. */
void short_sequences(void);
void joins_short_sequences(void);
void reused_short_sequences(void);

/* reuse.c: single blocks can be had again, while others are in use. */
void exhaustion(void);
void holes(void);
void holes_of_all_sizes(void); /* and a search that misses none */
void utilisation(void);

#endif
