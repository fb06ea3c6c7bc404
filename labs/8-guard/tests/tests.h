/*
 * The tests of lab 8, for the table in tests.c.
 */
#ifndef LABS_8_GUARD_TESTS_TESTS_H
#define LABS_8_GUARD_TESTS_TESTS_H

/* blocks.c: blocks that are taken, or refused. */
void first_block(void);
void fresh_blocks(void);
void bad_align(void);
void no_bytes(void);
void blocks_stay_apart(void);
void alignments(void);
void impossible_sizes(void);
void init_again(void);
void no_room(void);
void memory_bound(void);

/* zones.c: what is written beside a block in use. */
void nothing_wrong(void);
void overflow(void);
void underflow(void);
void several_wrong(void);

/* misuse.c: what is freed wrongly. */
void take_and_give(void);
void found_when_freed(void);
void other_layout(void);
void free_inside(void);
void never_allocated(void);

/* quarantine.c: what became of blocks that were freed. */
void read_after_free(void);
void use_after_free(void);
void zones_after_free(void);
void taken_back(void);
void double_free(void);
void oldest_leaves(void);
void damaged_stays(void);
void all_comes_back(void);
void full_heap(void);

/* books.c: the guard's own notes. */
void any_sites(void);
void leaks(void);
void init_forgets(void);
void wild_byte(void);
void wild_bytes(void);

/* program.c: all together. */
void planted_program(void);
void random_operations(void);
void random_bugs(void);

/* cost.c: what a call costs. */
void instructions(void);

#endif
