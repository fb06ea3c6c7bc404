/*
 * The tests of lab 1, for the table in tests.c.  What each of them is about
 * stands above it.
 */
#ifndef LABS_1_FRAMES_TESTS_TESTS_H
#define LABS_1_FRAMES_TESTS_TESTS_H

/* free_frames.c, task 1: from area to area. */
void first_frame(void);
void one_area(void);
void several_areas(void);
void other_types(void);
void nothing_usable(void);

/* Task 2: whole frames that nobody uses. */
void partial_frames(void);
void used_ranges(void);
void used_by_a_byte(void);
void low_memory(void);
void high_addresses(void);
void full_map(void);
void random_maps(void);

/* giving_back.c, task 3. */
void give_back_one(void);
void give_back_all(void);
void contents_kept(void);
void many_frames(void);
void several_allocators(void);
void init_again(void);
void random_operations(void);

/* machine.c, task 4: the costs, and the machine itself. */
void huge_area(void);
void constant_time(void);
void own_map(void);

#endif
