/*
 * The tests of lab 9, for the table in tests.c.
 */
#ifndef LABS_9_LOCK_TESTS_TESTS_H
#define LABS_9_LOCK_TESTS_TESTS_H

/* alone.c: one processor, to which nothing happens; or two that take turns. */
void take_and_give(void);
void release_of_a_free_lock(void);
void restore_of_a_free_lock(void);
void locks_apart(void);
void many_rounds(void);
void long_wait(void);

/* processors.c: several, and every order of their steps. */
void two_processors(void);
void three_processors(void);
void what_was_written(void);
void tries(void);
void tries_only(void);
void two_locks(void);

/* interrupts.c: before, while and after a lock is held. */
void interrupts_as_before(void);
void pair_alone(void);
void pairs_nest(void);
void handler_takes_lock(void);
void handlers_and_processors(void);
void another_lock(void);

/* heap.c: the shared heap. */
void heap_alone(void);
void heap_bad_align(void);
void heap_excludes(void);
void heap_three(void);
void heap_full(void);
void handler_allocates(void);
void handler_starts_over(void);

/* machine.c: an interrupt and a processor that nobody plays. */
void second_processor_adds(void);
void timer_waits_for_release(void);
void timer_allocates(void);
void second_processor_allocates(void);

#endif
