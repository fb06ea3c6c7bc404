/*
 * The tests of lab 3, for the table in tests.c.  What each of them is about
 * stands above it.
 */
#ifndef LABS_3_HEAP_TESTS_TESTS_H
#define LABS_3_HEAP_TESTS_TESTS_H

/* good_case.c, task 1: there are frames, and nothing is in the way. */
void all_pages_mapped(void);
void frames_distinct(void);
void first_and_last_byte(void);
void nothing_around(void);
void not_executable(void);
void closed_to_users(void);
void another_root(void);

/* bad_case.c, task 2: init_heap has to report, and to undo. */
void no_frame(void);
void second_attempt(void);
void page_in_the_way(void);
void huge_page_in_the_way(void);

#endif
