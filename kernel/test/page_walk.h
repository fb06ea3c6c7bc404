/*
 * Page tables read the way the processor reads them, for the tests: independent
 * of any mapper, so that a mapper is never its own judge.
 */
#ifndef TEST_PAGE_WALK_H
#define TEST_PAGE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "memory/mapper.h"

/*
 * The entries on the way from the root to the address: entry[4] is the root's,
 * entry[level] the last one that was read.  The walk ends at level 1, at an
 * entry that is not present, or at one that maps a huge page.
 */
struct page_walk {
	uint64_t entry[PAGE_TABLE_LEVELS + 1];
	unsigned level;
};

struct page_walk page_walk(struct frame root, uint64_t address);

/* The address of the entry of that level; every table above it must exist. */
uint64_t *page_walk_entry(struct frame root, uint64_t address, unsigned level);

/*
 * These look at all addresses but the kernel's own, which lie in the upper half
 * (layout.h).
 *
 * How many tables hang below the root, itself not counted.
 */
size_t page_walk_count_tables(struct frame root);

/* Whether an entry leads to that frame, as a table or as a page of 4 KiB. */
bool page_walk_leads_to(struct frame root, struct frame frame);

/* Whether a table has an entry of this value. */
bool page_walk_has_entry(struct frame root, uint64_t entry);

/*
 * A number that changes when any entry changes in meaning.  Left out are the accessed and
 * dirty bits, which the processor sets, and the rest of entries that are not present.
 */
uint64_t page_walk_fingerprint(struct frame root);

#endif
