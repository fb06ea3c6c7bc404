/*
 * The tests that are lab 4's own, for the table in tests.c.
 */
#ifndef LABS_4_BUMP_TESTS_FIRST_STEPS_H
#define LABS_4_BUMP_TESTS_FIRST_STEPS_H

void blocks_side_by_side(void);
void whole_heap(void);
void aligned_blocks(void);
void few_or_very_many_stay(void); /* one_stays, and more of it */

#endif
