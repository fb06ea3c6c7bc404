/*
 * Tests of a heap that cannot be made: what is reported, and what is left of it.
 */
#include "tests.h"

#include "region.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"

/* A frame for each page, and three tables, which they share. */
#define ENOUGH (HEAP_PAGES + 3)

static uint64_t entries_before[HEAP_PAGES]; /* a call that fails */

static void remember_entries(struct frame root)
{
	for (uint64_t i = 0; i < HEAP_PAGES; i++)
		entries_before[i] = entry_of(root, heap_page(i));
}

/*
 * No page of the heap may be left but those of before, and no frame but for what
 * the test holds and the tables, which are the mapper's.
 */
static void check_undone(const struct mapper *mapper, uint64_t held)
{
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		uint64_t entry = entry_of(mapper->root, heap_page(i));

		check(&rule_undone, !entry || entries_before[i],
		      "no page that init_heap mapped is left",
		      "page %llu is mapped", (unsigned long long)i);
		if (entry != entries_before[i])
			test_show("it is the entry of page %llu",
				  (unsigned long long)i);
		check_hex(&rule_others, "entry of the page in the way",
			  entries_before[i], entry);
	}
	check_count(&rule_undone, "frames in use, tables not counted", held,
		    test_frames_in_use() -
			    page_walk_count_tables(mapper->root));
}

static uint64_t given; /* how often the source of no_frame gives a frame */

static void show_given(void)
{
	test_show("frames that the source gives before it runs out: %llu",
		  (unsigned long long)given);
}

/*
 * The source runs out at the first request, the second and so on, each time on
 * empty tables, until there are just enough.
 */
void no_frame(void)
{
	test_explain_with(show_given);
	for (given = 0; given <= ENOUGH; given++) {
		struct mapper mapper = new_mapper();
		uint64_t before = test_frames_in_use();
		enum map_result result;

		/* Once will do: watching takes a while. */
		test_frames_watch(given == HEAP_PAGES ? mapper.root : NO_FRAME);
		remember_entries(mapper.root);
		test_frames_fail_after(given);
		result = init_heap(&mapper, test_frames());
		test_frames_fail_after(TEST_FRAMES_NEVER_FAIL);
		check_result(&rule_no_frame, "init_heap",
			     given < ENOUGH ? FRAME_ALLOCATION_FAILED : MAP_OK,
			     result);
		if (result != MAP_OK)
			check_undone(&mapper, before);
	}
}

/* After a failure nothing stands in the way of the next attempt. */
void second_attempt(void)
{
	test_frames_fail_after(HEAP_PAGES);
	check_result(&rule_no_frame, "init_heap", FRAME_ALLOCATION_FAILED,
		     init_heap(test_mapper(), test_frames()));
	test_frames_fail_after(TEST_FRAMES_NEVER_FAIL);
	make_heap();
	check_count(&rule_undone, "frames in use",
		    HEAP_PAGES + page_walk_count_tables(test_mapper()->root),
		    test_frames_in_use());
}

static uint64_t taken; /* page_in_the_way has mapped it and the next one before */

static void show_taken(void)
{
	test_show("mapped before the call: page %llu of 0 to 24, and the next",
		  (unsigned long long)taken);
}

static void map_before(const struct mapper *mapper, uint64_t index)
{
	struct frame frame = frame_source_allocate(test_frames());

	check_result(&rule_in_the_way, "map_to", MAP_OK,
		     map_to(mapper, heap_page(index), frame, 0, test_frames()));
}

/*
 * Each page of the heap in turn is somebody else's already, and so is the next one:
 * what the call has not come to is not its own.  Those beside the heap do no harm.
 */
void page_in_the_way(void)
{
	test_explain_with(show_taken);
	for (taken = 0; taken < HEAP_PAGES; taken++) {
		struct mapper mapper = new_mapper();
		uint64_t held;

		map_before(&mapper, taken);
		if (taken + 1 < HEAP_PAGES)
			map_before(&mapper, taken + 1);
		held = test_frames_in_use() -
		       page_walk_count_tables(mapper.root);
		remember_entries(mapper.root);
		check_result(&rule_in_the_way, "init_heap", PAGE_ALREADY_MAPPED,
			     init_heap(&mapper, test_frames()));
		check_undone(&mapper, held);
	}
	map_before(test_mapper(), -1ull);
	map_before(test_mapper(), HEAP_PAGES);
	make_heap();
}

/* A huge page covers the whole region: not one page can be mapped. */
void huge_page_in_the_way(void)
{
	struct page beside = { HEAP_START ^ PAGE_SIZE_2MIB };
	struct frame root = test_mapper()->root;
	uint64_t before;

	check_result(&rule_in_the_way, "map_to", MAP_OK,
		     map_to(test_mapper(), beside, (struct frame){ 0x5000 }, 0,
			    test_frames()));
	*page_walk_entry(root, HEAP_START, 2) = PTE_HUGE | PTE_PRESENT;
	before = test_frames_in_use();
	page_changes_remember(root);
	check_result(&rule_in_the_way, "init_heap", PARENT_ENTRY_HUGE_PAGE,
		     init_heap(test_mapper(), test_frames()));
	check_tables_unchanged(&rule_others, root);
	check_count(&rule_undone, "frames in use", before,
		    test_frames_in_use());
	*page_walk_entry(root, HEAP_START, 2) = 0;
	make_heap();
}
