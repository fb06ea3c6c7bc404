/*
 * What the tests of lab 2 share: pages and frames to play with, and the checks
 * that both halves make.
 */
#ifndef LABS_2_PAGING_PAGES_H
#define LABS_2_PAGING_PAGES_H

#include "machine.h"
#include "memory/mapper.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_walk.h"
#include "test/probe.h"

/* A page with four different indices, and room for neighbours around. */
static const struct page home = { 100ull << 39 | 89ull << 30 | 77ull << 21 |
				  55ull << 12 };

/* The neighbour whose way parts from home's in the table of that level. */
static struct page neighbour(unsigned level)
{
	return (struct page){ home.start ^ page_table_span(level) };
}

/* The highest frame that an entry can name. */
#define HIGHEST_FRAME ((struct frame){ PTE_ADDRESS_MASK_4KIB })

/* A frame out of the test's own, with the value in its first and last word. */
static struct frame new_frame(uint64_t value)
{
	struct frame frame = frame_source_allocate(test_frames());
	uint64_t *words = machine_frame_memory(frame);

	words[0] = words[PAGE_SIZE / sizeof(*words) - 1] = value;
	return frame;
}

#define check_result(rule, what, expected, result)          \
	check_string(rule, what, map_result_name(expected), \
		     map_result_name(result))

/* Map a page on the active tables; that must work. */
static void map(struct page page, struct frame frame, uint64_t flags)
{
	check_result(&rule_frame, "map_to", MAP_OK,
		     map_to(test_mapper(), page, frame, flags, test_frames()));
}

/* The page must read as what new_frame put into its frame. */
static void check_reads(const struct rule *rule, struct page page,
			uint64_t expected)
{
	uint64_t first = 0, last = 0;

	check(rule, probe_read(page.start, &first), "the page can be read",
	      "page 0x%llx faults", (unsigned long long)page.start);
	probe_read(page.start + PAGE_SIZE - sizeof(last), &last);
	check_hex(rule, "first word of the page", expected, first);
	check_hex(rule, "last word of the page", expected, last);
}

/*
 * Make an entry for a huge page beside home by hand, for no mapper of this lab
 * does.  Returns the page; `entry` is its physical address and flags.
 */
static struct page make_huge_page(unsigned level, uint64_t entry)
{
	uint64_t start = neighbour(level).start & ~(page_table_span(level) - 1);

	*page_walk_entry(test_mapper()->root, start, level) =
		entry | PTE_PRESENT | PTE_HUGE;
	return (struct page){ start };
}

#endif
