/*
 * Task 3 of lab 2: unmap.
 */
#include "tests.h"

#include "machine.h"
#include "memory/mapper.h"
#include "pages.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"
#include "test/probe.h"
#include "test/test.h"

/* Unmap a page on the active tables; that must work and give that frame. */
static void unmap_from(struct page page, struct frame expected)
{
	struct frame frame = NO_FRAME;

	check_result(&rule_unmap, "unmap", MAP_OK,
		     unmap(test_mapper(), page, &frame));
	check_hex(&rule_frame_back, "the frame that unmap gave", expected.start,
		  frame.start);
}

/*
 * A page that the TLB knows is unmapped: it must fault at once, and neighbours
 * in every table on the way stay.  That its entry does not say so is no excuse:
 * who looks for pages that nobody uses clears the bit, and tells no TLB.
 */
void unmap_then_fault(void)
{
	struct frame frame = new_frame(0);
	struct page_walk walk;
	uint64_t value = 0;

	map(home, frame, PTE_WRITABLE);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		map(neighbour(level), new_frame(level), 0);
	check_reads(&rule_frame, home, 0);
	*page_walk_entry(test_mapper()->root, home.start, 1) &= ~PTE_ACCESSED;
	unmap_from(home, frame);
	walk = page_walk(test_mapper()->root, home.start);
	check(&rule_unmap, !pte_is_present(walk.entry[walk.level]),
	      "no entry for the page", "level %u holds 0x%llx", walk.level,
	      (unsigned long long)walk.entry[walk.level]);
	check(&rule_flush, !probe_read(home.start, &value),
	      "a read of the page faults", "it still reads 0x%llx",
	      (unsigned long long)value);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		check_reads(&rule_unmap, neighbour(level), level);
}

/* The frame comes back whole and without the flags.  Frame 0 is one, too. */
void unmap_hands_over_frame(void)
{
	static const struct frame frames[] = {
		{ 0 }, { 0xfffff000 }, { 0x123456789a000 }, HIGHEST_FRAME,
	};

	for (unsigned i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct page page = { home.start + i * PAGE_SIZE };

		map(page, frames[i], PTE_NO_EXECUTE | PTE_HUGE | PTE_USER);
		unmap_from(page, frames[i]);
	}
}

static void remap_again_and_again(struct page page)
{
	struct frame frames[] = { new_frame(10), new_frame(11), new_frame(12) };

	for (unsigned i = 0; i < 3; i++) {
		map(page, frames[i], PTE_WRITABLE);
		check_reads(&rule_flush, page, 10 + i);
		check(&rule_frame, probe_write(page.start, 20 + i),
		      "the page can be written", "the write faults");
		check_hex(&rule_flush, "first word of the frame", 20 + i,
			  *(uint64_t *)machine_frame_memory(frames[i]));
		unmap_from(page, frames[i]);
	}
}

/*
 * The page gets another frame as soon as it has lost the first, and again
 * after writes: neither may reach the frame before.  In both halves.
 */
void unmap_and_remap(void)
{
	remap_again_and_again(home);
	remap_again_and_again(upper_home);
}

/* An unmap that must be refused, and change nothing. */
static void refuse_unmap(struct page page, enum map_result expected)
{
	const struct frame untouched = { 0x5555555555000 };
	struct frame frame = untouched, root = test_mapper()->root;
	struct line way = way_end(page);
	enum map_result result;

	look_at(page);
	page_changes_remember(root);
	result = unmap(test_mapper(), page, &frame);
	check(&rule_unmap_refused, result == expected,
	      map_result_name(expected), "unmap = %s: %s",
	      map_result_name(result), way.text);
	check_hex(&rule_unmap_refused, "*frame", untouched.start, frame.start);
	check_tables_unchanged(&rule_unmap_refused, root);
}

/*
 * Missing in the table of each level in turn, whatever is left there; and what is
 * gone is gone.
 */
void unmap_unmapped(void)
{
	struct frame frame = new_frame(1);

	map(home, frame, 0);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		struct page page = neighbour(level);

		refuse_unmap(page, PAGE_NOT_MAPPED);
		*page_walk_entry(test_mapper()->root, page.start, level) =
			LEFT_OVER;
		refuse_unmap(page, PAGE_NOT_MAPPED);
	}
	check_reads(&rule_unmap_refused, home, 1);
	unmap_from(home, frame);
	refuse_unmap(home, PAGE_NOT_MAPPED);
}

/* A 4 KiB piece cannot be taken out of a huge page. */
void unmap_huge_page(void)
{
	struct frame frame = new_frame(1);

	map(home, frame, 0);
	for (unsigned level = 2; level <= 3; level++) {
		struct page huge = make_decoy_huge_page(level);
		struct page inside = { huge.start + 5 * PAGE_SIZE };

		refuse_unmap(huge, PARENT_ENTRY_HUGE_PAGE);
		refuse_unmap(inside, PARENT_ENTRY_HUGE_PAGE);
	}
	unmap_from(home, frame);
}
