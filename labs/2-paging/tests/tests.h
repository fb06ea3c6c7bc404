/*
 * The tests of lab 2, for the table in tests.c.  What each of them is about
 * stands above it.
 */
#ifndef LABS_2_PAGING_TESTS_TESTS_H
#define LABS_2_PAGING_TESTS_TESTS_H

/* map.c, task 1: map_to where nothing is in the way. */
void fresh_map(void);
void new_tables_are_zeroed(void);
void four_levels(void);
void tables_are_shared(void);
void flags_in_last_entry(void);
void parents_allow_all(void);
void protection(void);

/* translate.c, task 2. */
void translate_offsets(void);
void translate_huge_pages(void);
void translate_unmapped(void);
void translate_canonical_only(void);

/* unmap.c, task 3. */
void unmap_then_fault(void);
void unmap_hands_over_frame(void);
void unmap_and_remap(void);
void unmap_unmapped(void);
void unmap_huge_page(void);

/* refusals.c, task 4: map_to has to refuse. */
void map_twice(void);
void huge_page_in_the_way(void);
void no_frame_for_a_table(void);

/* together.c, task 5. */
void another_root(void);
void random_operations(void);

#endif
