/*
 * What a failing test says about page tables: the way to an address, and which entry
 * has changed.
 */
#ifndef TEST_PAGE_CHANGES_H
#define TEST_PAGE_CHANGES_H

#include "memory/page_table.h"
#include "test/test.h"

/*
 * Show the entries on the way to the address as "4[100] -> 0x7e94000 UW, 3[89] = 0".
 * Only tables in frames of the test's own are followed.  Where an entry is what fills
 * a frame that was never written to, the rule that the table breaks is shown.
 */
void page_walk_show(struct frame root, uint64_t address,
		    const struct rule *garbage);

/* Remember the lower half, to be compared with later. */
void page_changes_remember(struct frame root);

/*
 * NULL if it means what it did then, or else the first entry that changed, in words
 * that the next call overwrites.  What page_walk_fingerprint leaves out does not count.
 */
const char *page_changes_first(struct frame root);

#define check_tables_unchanged(rule, root)                             \
	check(rule, !page_changes_first(root),                         \
	      "the tables are as before", "%s", page_changes_first(root))

#endif
