/*
 * The tests of lab 9, for the table in tests.c.
 */
#ifndef LABS_9_LOCK_TESTS_TESTS_H
#define LABS_9_LOCK_TESTS_TESTS_H

/* alone.c: one processor, to which nothing happens. */
void take_and_give(void);

#endif
