/*
 * Task 4 of lab 2: map_to when it has to refuse.
 */
#include "tests.h"

#include "memory/mapper.h"
#include "pages.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"
#include "test/test.h"

/* A map_to that must be refused, and change and keep nothing. */
static void refuse_map(const struct rule *rule, struct page page,
		       enum map_result expected)
{
	struct frame root = test_mapper()->root;
	uint64_t in_use = test_frames_in_use();

	look_at(page);
	page_changes_remember(root);
	check_result(rule, "map_to", expected,
		     map_to(test_mapper(), page, HIGHEST_FRAME,
			    PTE_USER | PTE_WRITABLE, test_frames()));
	check_count(rule, "frames in use", in_use, test_frames_in_use());
	check_tables_unchanged(rule, root);
}

/* Whatever it was mapped to; also when no frame would be left. */
void map_twice(void)
{
	const struct page zero = { home.start + PAGE_SIZE };
	const struct page with_pat = { home.start + 2 * PAGE_SIZE };

	map(home, new_frame(1), PTE_NO_EXECUTE);
	map(zero, (struct frame){ 0 }, 0);
	map(with_pat, new_frame(2), PTE_HUGE);
	refuse_map(&rule_map_refused, home, PAGE_ALREADY_MAPPED);
	refuse_map(&rule_map_refused, zero, PAGE_ALREADY_MAPPED);
	refuse_map(&rule_map_refused, with_pat, PAGE_ALREADY_MAPPED);
	check_reads(&rule_map_refused, home, 1);
	test_frames_fail_after(0);
	refuse_map(&rule_map_refused, home, PAGE_ALREADY_MAPPED);
}

/*
 * What lies below an entry with PTE_HUGE is memory, and not a table.  But one that is
 * not present is in nobody's way.
 */
void huge_page_in_the_way(void)
{
	map(home, new_frame(1), PTE_NO_EXECUTE);
	for (unsigned level = 2; level <= 3; level++) {
		struct page huge = make_decoy_huge_page(level);
		struct page inside = { huge.start + 5 * PAGE_SIZE };

		refuse_map(&rule_huge_in_way, huge, PARENT_ENTRY_HUGE_PAGE);
		refuse_map(&rule_huge_in_way, inside, PARENT_ENTRY_HUGE_PAGE);
	}
	check_reads(&rule_huge_in_way, home, 1);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		struct page page = neighbour(level);

		*page_walk_entry(test_mapper()->root, page.start, level) =
			LEFT_OVER;
		map(page, new_frame(level), 0);
		check_reads(&rule_frame, page, level);
	}
}

/*
 * One, two and three tables are missing, and the source runs out at the first
 * request, the second and so on.  When it has just enough, map_to must work.  No
 * frame that goes back is linked, or written to afterwards.
 */
void no_frame_for_a_table(void)
{
	test_frames_watch(test_mapper()->root);
	map(home, new_frame(1), PTE_NO_EXECUTE);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		struct frame frame = new_frame(10 + level);
		unsigned missing = level - 1;

		for (unsigned given = 0; given < missing; given++) {
			test_frames_fail_after(given);
			refuse_map(&rule_no_trace, neighbour(level),
				   FRAME_ALLOCATION_FAILED);
		}
		test_frames_fail_after(missing);
		map(neighbour(level), frame, 0);
		check_reads(&rule_no_trace, neighbour(level), 10 + level);
		test_frames_fail_after(TEST_FRAMES_NEVER_FAIL);
	}
	check_reads(&rule_no_trace, home, 1);
}
