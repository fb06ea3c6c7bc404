/*
 * The tests of lab 7, for the table in tests.c.  What each of them is about
 * stands above it.
 */
#ifndef LABS_7_COLLECTIONS_TESTS_TESTS_H
#define LABS_7_COLLECTIONS_TESTS_TESTS_H

#include "test/test.h"

/* vec_room.c, task 1: room. */
void first_room(void);
void doubling(void);
void large_steps(void);
void room_enough(void);
void index_check(void);
void item_layouts(void);
void too_large(void);
void full_heap(void);
void free_and_again(void);
void two_vectors(void);

/* vec_items.c, task 2: items. */
void push_and_pop(void);
void pop_of_none(void);
void without_the_item(void);
void insert_anywhere(void);
void remove_anywhere(void);
void index_beyond(void);
void own_item(void);
void no_memory(void);
void vec_random(void);

/* rc_owners.c, task 3: owners. */
void rc_first(void);
void rc_layouts(void);
void rc_counts(void);
void last_owner(void);
void rc_no_value(void);
void rc_no_memory(void);

/* rc_weak.c, task 4: weak references; rc_callers_bugs needs them, too. */
void weak_counts(void);
void upgrade(void);
void upgrade_too_late(void);
void weak_keeps_the_counts(void);
void weak_goes_first(void);
void rc_callers_bugs(void);
void rc_random(void);

#endif
