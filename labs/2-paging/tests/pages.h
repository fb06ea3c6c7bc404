/*
 * What the tests of lab 2 share: pages and frames to play with, and the checks that
 * several of them make.
 */
#ifndef LABS_2_PAGING_TESTS_PAGES_H
#define LABS_2_PAGING_TESTS_PAGES_H

#include <stdint.h>

#include "memory/mapper.h"
#include "memory/page_table.h"
#include "test/line.h"
#include "test/test.h"

/* A page with four different indices, and room for neighbours around. */
extern const struct page home;

/* The same in the upper half, where the kernel has nothing. */
extern const struct page upper_home;

/* The neighbour whose way parts from home's in the table of that level. */
struct page neighbour(unsigned level);

/* The highest frame that an entry can name. */
#define HIGHEST_FRAME ((struct frame){ PTE_ADDRESS_MASK_4KIB })

/* A frame out of the test's own, with the value in its first and last word. */
struct frame new_frame(uint64_t value);

#define check_result(rule, what, expected, result)          \
	check_string(rule, what, map_result_name(expected), \
		     map_result_name(result))

/* What follows is about this page: a failure shows the way to it. */
void look_at(struct page page);

/* In words, the last entry on the way to it, or why there is no way. */
struct line way_end(struct page page);

/* Bits that mean nothing in an entry that is not present, PTE_HUGE among them. */
#define LEFT_OVER (HIGHEST_FRAME.start | PTE_HUGE | PTE_USER | PTE_NO_EXECUTE)

/* Map a page on the active tables; that must work. */
void map(struct page page, struct frame frame, uint64_t flags);

/* The page must read as what new_frame put into its frame. */
void check_reads(const struct rule *rule, struct page page, uint64_t expected);

/*
 * Make an entry for a huge page beside home by hand, for no mapper of this lab
 * does.  Returns the page; `entry` is its physical address and flags.
 */
struct page make_huge_page(unsigned level, uint64_t entry);

/*
 * The same over a frame of zeroes: a mapper that takes the entry for a table finds
 * one that looks right.  (The frame is not aligned as a huge page demands, but the
 * processor never gets there.)
 */
struct page make_decoy_huge_page(unsigned level);

#endif
