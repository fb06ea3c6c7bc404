/*
 * Task 1 of lab 2: map_to where nothing is in the way.  No test calls translate
 * or unmap.
 */
#include "tests.h"

#include "layout.h"
#include "machine.h"
#include "memory/mapper.h"
#include "pages.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_walk.h"
#include "test/probe.h"
#include "test/test.h"

/* What an entry says, without the two bits that the processor sets. */
static uint64_t entry_of(struct page page, unsigned level)
{
	return *page_walk_entry(test_mapper()->root, page.start, level) &
	       ~(PTE_ACCESSED | PTE_DIRTY);
}

/* The table of that level on the way to the page. */
static struct frame table_of(struct page page, unsigned level)
{
	return level == PAGE_TABLE_LEVELS ? test_mapper()->root :
					    pte_frame(entry_of(page, level + 1));
}

/* Where the entry went that the page needs, if its table has one, and only one. */
static struct line astray(struct page page, unsigned level)
{
	const struct page_table *table =
		machine_frame_memory(table_of(page, level));
	const unsigned end = level == PAGE_TABLE_LEVELS ?
				     UPPER_HALF_ROOT_INDEX :
				     PAGE_TABLE_ENTRIES;
	struct line line = LINE_EMPTY;
	unsigned found = 0, count = 0;

	for (unsigned i = 0; i < end; i++)
		if (pte_is_present(table->entries[i])) {
			found = i;
			count++;
		}
	if (count == 1)
		line_add(&line, "; the table's one entry is at index %u", found);
	return line;
}

/* There must be a table from the caller's frames where the processor looks. */
static void check_path(struct page page)
{
	for (unsigned level = PAGE_TABLE_LEVELS; level > 1; level--) {
		uint64_t entry = entry_of(page, level);

		check(&rule_index, pte_is_present(entry),
		      "a table for every level of the page",
		      "page 0x%llx: level %u, index %u holds 0x%llx%s",
		      (unsigned long long)page.start, level,
		      page_table_index(page.start, level),
		      (unsigned long long)entry,
		      astray(page, level).text);
		check(&rule_tables, test_frames_is_in_use(pte_frame(entry)),
		      "tables in frames that the caller's source gave",
		      "level %u leads to frame 0x%llx", level,
		      (unsigned long long)pte_frame(entry).start);
	}
}

/* One page, one frame: what the frame holds is read through the page. */
void fresh_map(void)
{
	map(home, new_frame(41), 0);
	check_path(home);
	check_reads(&rule_frame, home, 41);
}

/*
 * Frames come full of garbage.  What is left of it in a table would be pages
 * that nobody has mapped; and other processors see a table as soon as it is linked.
 */
void new_tables_are_zeroed(void)
{
	test_frames_watch(test_mapper()->root);
	map(home, new_frame(1), 0);
	check_reads(&rule_frame, home, 1);
	for (unsigned level = PAGE_TABLE_LEVELS - 1; level >= 1; level--) {
		struct frame table = pte_frame(entry_of(home, level + 1));
		const uint64_t *entries = machine_frame_memory(table);
		unsigned own = page_table_index(home.start, level);

		for (unsigned i = 0; i < PAGE_TABLE_ENTRIES; i++)
			check(&rule_zeroed, i == own || !entries[i],
			      "zero in the entries beside the new one",
			      "level %u, index %u holds 0x%llx", level, i,
			      (unsigned long long)entries[i]);
	}
}

/*
 * Pages that have all indices 0 but one, the last page of the lower half, one
 * drawn at random, and some of the upper half: their indices reach from 0 to 511.
 * Each page must lead to its own frame, and still do so when all are mapped.
 */
void four_levels(void)
{
	const struct page pages[] = {
		{ page_table_span(1) }, { page_table_span(2) },
		{ page_table_span(3) }, { page_table_span(4) },
		{ 0x7ffffffff000 },	page_containing(test_random() >> 17),
		{ 0xffff808000000000 }, { 0xffffbffffffff000 }, upper_home,
	};
	const size_t count = sizeof(pages) / sizeof(pages[0]);

	for (size_t i = 0; i < count; i++) {
		map(pages[i], new_frame(100 + i), 0);
		check_path(pages[i]);
		check_reads(&rule_index, pages[i], 100 + i);
	}
	for (size_t i = 0; i < count; i++) {
		/* The TLB would hide what has become of a table since. */
		machine_flush_page(pages[i]);
		check_reads(&rule_tables, pages[i], 100 + i);
	}
}

/*
 * A second page needs as many tables as its way has levels of its own: none
 * next door, three in another part of the root.
 */
void tables_are_shared(void)
{
	map(home, new_frame(0), 0);
	check_count(&rule_tables, "frames in use", 1 + 3, test_frames_in_use());
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		struct frame frame = new_frame(level);
		uint64_t before = test_frames_in_use();

		map(neighbour(level), frame, 0);
		check_count(&rule_tables, "frames taken for tables", level - 1,
			    test_frames_in_use() - before);
	}
	check_reads(&rule_tables, home, 0);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		check_reads(&rule_tables, neighbour(level), level);
}

/*
 * Frame and flags arrive in the last entry as they were asked for.  The frames
 * are only numbers here, up to the highest, and none is touched.  What an entry
 * held while it was not present is gone.
 */
void flags_in_last_entry(void)
{
	static const struct {
		struct frame frame;
		uint64_t flags;
	} wanted[] = {
		{ { 0 }, 0 },
		{ { 0 }, PTE_NO_EXECUTE },
		{ { 0xfffff000 }, PTE_WRITABLE },
		{ { 0x123456789a000 }, PTE_WRITABLE | PTE_NO_EXECUTE },
		{ { 0x123456789a000 }, PTE_CACHE_DISABLE | PTE_WRITE_THROUGH },
		{ HIGHEST_FRAME, PTE_USER },
		{ HIGHEST_FRAME, PTE_GLOBAL | PTE_USER | PTE_NO_EXECUTE },
		{ { 0x1000 }, PTE_HUGE },
		{ { 0x1000 }, PTE_ACCESSED },
		{ { 0x1000 }, PTE_DIRTY | PTE_PRESENT },
	};
	uint64_t *next;

	map(home, new_frame(7), 0);
	check_reads(&rule_frame, home, 7);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		struct page page = { home.start + (i + 1) * PAGE_SIZE };
		uint64_t entry = wanted[i].frame.start | wanted[i].flags;

		next = page_walk_entry(test_mapper()->root, page.start, 1);
		*next = LEFT_OVER;
		map(page, wanted[i].frame, wanted[i].flags);
		check_hex(&rule_entry, "entry in level 1", entry | PTE_PRESENT,
			  *next);
	}
}

/* Flags that a page below does not need are the mapper's own business. */
static void check_parents(struct page page, uint64_t needed)
{
	const uint64_t decisive = needed | PTE_PRESENT | PTE_WRITABLE |
				  PTE_HUGE | PTE_NO_EXECUTE;

	for (unsigned level = PAGE_TABLE_LEVELS; level > 1; level--)
		check_hex(&rule_parents, "flags of what leads to a table",
			  needed | PTE_PRESENT | PTE_WRITABLE,
			  entry_of(page, level) & decisive);
}

/*
 * Tables that came with a read-only page of the kernel must serve a user's page
 * as well, whether all of them are there or some, and what that one needs must
 * outlast the kernel's next page.
 */
void parents_allow_all(void)
{
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		struct page first = {
			home.start + level * page_table_span(PAGE_TABLE_LEVELS)
		};
		struct page users = { first.start ^ page_table_span(level) };
		struct page kernels = { users.start ^ 2 * PAGE_SIZE };

		map(first, new_frame(1), PTE_NO_EXECUTE);
		check_reads(&rule_frame, first, 1);
		check_parents(first, 0);
		map(users, new_frame(2), PTE_USER | PTE_NO_EXECUTE);
		check_parents(users, PTE_USER);
		map(kernels, new_frame(3), PTE_NO_EXECUTE);
		check_parents(users, PTE_USER);
		check_hex(&rule_entry, "PTE_USER in the kernel's page", 0,
			  entry_of(kernels, 1) & PTE_USER);
		check_hex(&rule_entry, "PTE_USER in the first page", 0,
			  entry_of(first, 1) & PTE_USER);
	}
}

/*
 * What flags forbid the processor refuses, and nothing else: four pages side
 * by side, the strictest mapped first, the most liberal last.
 */
void protection(void)
{
	const uint64_t return_instruction = 0xc3;

	for (unsigned i = 0; i < 4; i++) {
		struct page page = { home.start + i * PAGE_SIZE };
		struct frame frame = new_frame(return_instruction);
		bool writable = i & 1, executable = i & 2;

		map(page, frame,
		    (writable ? PTE_WRITABLE : 0) |
			    (executable ? 0 : PTE_NO_EXECUTE));
		check_reads(&rule_frame, page, return_instruction);
		check(&rule_entry, probe_execute(page.start) == executable,
		      executable ? "the page can be executed" :
				   "a call into the no-execute page faults",
		      executable ? "the call faults" : "the call returns");
		check(&rule_entry, probe_write(page.start, 1) == writable,
		      writable ? "the page can be written" :
				 "a write to the read-only page faults",
		      writable ? "the write faults" : "the write works");
		check_hex(&rule_entry, "first word of the frame",
			  writable ? 1 : return_instruction,
			  *(uint64_t *)machine_frame_memory(frame));
	}
}
