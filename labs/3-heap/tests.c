/*
 * Lab 3: the heap region.  The mapper is not on trial here; whatever init_heap
 * has done is read from the page tables and through the processor.
 */
#include "machine.h"
#include "memory/heap.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"
#include "test/probe.h"
#include "test/test.h"

static const struct rule rule_works = {
	"heap-1", "init_heap works when there are frames"
};
static const struct rule rule_all_pages = {
	"heap-2", "every page of the heap region is mapped"
};
static const struct rule rule_own_frames = {
	"heap-3", "each page has a frame of its own, from the caller's frames"
};
static const struct rule rule_usable = {
	"heap-4", "the heap can be read and written"
};
static const struct rule rule_ends = {
	"heap-5", "nothing beside the heap region is mapped"
};
static const struct rule rule_no_execute = {
	"heap-6", "the heap cannot be executed"
};
static const struct rule rule_mapper = {
	"heap-7", "the heap is mapped through the caller's mapper"
};
static const struct rule rule_no_frame = {
	"heap-8", "a frame or a table that is missing is reported"
};
static const struct rule rule_undone = {
	"heap-9",
	"on an error every page that was mapped is unmapped and its frame "
	"given back"
};
static const struct rule rule_in_the_way = {
	"heap-10",
	"a page that cannot be mapped is reported with the mapper's own words"
};
static const struct rule rule_others = {
	"heap-11", "a page that was mapped before stays as it is"
};
static const struct rule rule_kernels = {
	"heap-12", "the heap is the kernel's alone"
};

#define HEAP_END (HEAP_START + HEAP_SIZE)
#define HEAP_PAGES (HEAP_SIZE / PAGE_SIZE)
#define WORD sizeof(uint64_t)

/* A frame for each page, and three tables, which they share. */
#define ENOUGH (HEAP_PAGES + 3)

static struct page heap_page(uint64_t index)
{
	return (struct page){ HEAP_START + index * PAGE_SIZE };
}

/* The entry that maps the page; 0 when there is none. */
static uint64_t entry_of(struct frame root, struct page page)
{
	struct page_walk walk = page_walk(root, page.start);
	uint64_t entry = walk.entry[walk.level];

	return pte_is_present(entry) ? entry : 0;
}

#define check_result(rule, what, expected, result)          \
	check_string(rule, what, map_result_name(expected), \
		     map_result_name(result))

/* Make the heap on the active tables; that must work. */
static void make_heap(void)
{
	check_result(&rule_works, "init_heap", MAP_OK,
		     init_heap(test_mapper(), test_frames()));
}

/* The pages are there, and as many as the region's size says: 25. */
static void all_pages_mapped(void)
{
	make_heap();
	for (uint64_t i = 0; i < HEAP_PAGES; i++)
		check(&rule_all_pages,
		      entry_of(test_mapper()->root, heap_page(i)),
		      "all 25 pages are mapped", "page %llu of 0 to 24 is not",
		      (unsigned long long)i);
	test_show("%llu pages from 0x%llx", HEAP_PAGES, HEAP_START);
}

/* Two pages in one frame would look like a heap until both are written. */
static void frames_distinct(void)
{
	struct frame root = test_mapper()->root;

	make_heap();
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		struct frame frame = pte_frame(entry_of(root, heap_page(i)));

		check(&rule_own_frames, test_frames_is_in_use(frame),
		      "a frame from the caller's frames",
		      "page %llu has frame 0x%llx", (unsigned long long)i,
		      (unsigned long long)frame.start);
		for (uint64_t j = 0; j < i; j++)
			check(&rule_own_frames,
			      pte_frame(entry_of(root, heap_page(j))).start !=
				      frame.start,
			      "no two pages in one frame",
			      "pages %llu and %llu share one",
			      (unsigned long long)j, (unsigned long long)i);
	}
}

/* Each page gets words of its own at both ends, and keeps them. */
static void first_and_last_byte(void)
{
	make_heap();
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		uint64_t start = heap_page(i).start;

		check(&rule_usable,
		      probe_write(start, start) &&
			      probe_write(start + PAGE_SIZE - WORD, ~start),
		      "every page can be written",
		      "a write to page %llu faults", (unsigned long long)i);
	}
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		uint64_t start = heap_page(i).start, first = 0, last = 0;

		probe_read(start, &first);
		probe_read(start + PAGE_SIZE - WORD, &last);
		check_hex(&rule_usable, "first word of the page", start, first);
		check_hex(&rule_usable, "last word of the page", ~start, last);
	}
}

/*
 * The heap ends where its region ends, and no frame was taken but its 25 and
 * those of its tables.
 */
static void nothing_around(void)
{
	struct frame root = test_mapper()->root;
	uint64_t value;

	make_heap();
	check(&rule_usable, probe_read(HEAP_START, &value),
	      "the heap can be read", "a read of its first word faults");
	check(&rule_ends, !probe_read(HEAP_START - WORD, &value),
	      "the word before the heap faults", "it can be read");
	check(&rule_ends, !probe_read(HEAP_END, &value),
	      "the word after the heap faults", "it can be read");
	for (uint64_t start = HEAP_END; start < HEAP_END + HEAP_SIZE;
	     start += PAGE_SIZE)
		check(&rule_ends, !entry_of(root, (struct page){ start }),
		      "no page is mapped above the heap", "0x%llx is",
		      (unsigned long long)start);
	check_count(&rule_own_frames, "frames in use",
		    HEAP_PAGES + page_walk_count_tables(root),
		    test_frames_in_use());
}

/* Data that somebody sent must not become code. */
static void not_executable(void)
{
	const uint64_t return_instruction = 0xc3;

	make_heap();
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		uint64_t start = heap_page(i).start;

		check(&rule_usable, probe_write(start, return_instruction),
		      "the page can be written", "the write faults");
		check(&rule_no_execute, !probe_execute(start),
		      "a call into the heap faults", "the call returns");
	}
}

/* What the kernel keeps there is nothing for the programs that it runs. */
static void closed_to_users(void)
{
	make_heap();
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		uint64_t entry = entry_of(test_mapper()->root, heap_page(i));

		check(&rule_all_pages, entry, "the page is mapped",
		      "page %llu is not", (unsigned long long)i);
		check(&rule_kernels, !(entry & PTE_USER),
		      "a page without the flag user", "page %llu has it",
		      (unsigned long long)i);
	}
}

/* A mapper of our own, on a root that is not the active one. */
static struct mapper new_mapper(void)
{
	struct mapper mapper = { frame_source_allocate(test_frames()) };

	machine_make_root(mapper.root);
	return mapper;
}

/* Every page is there, and its frame is the other source's or not. */
static void check_frames_are(struct frame root, bool others)
{
	for (uint64_t i = 0; i < HEAP_PAGES; i++) {
		struct frame frame = pte_frame(entry_of(root, heap_page(i)));

		check(&rule_own_frames,
		      test_frames_is_in_use(frame) &&
			      test_frames_is_others(frame) == others,
		      "frames of the source that the call was given",
		      "page %llu has frame 0x%llx",
		      (unsigned long long)i, (unsigned long long)frame.start);
	}
}

/* Out of another source, on tables that are not active; and then on these, as ever. */
static void another_root(void)
{
	struct mapper other = new_mapper();
	uint64_t value;

	check_result(&rule_works, "init_heap", MAP_OK,
		     init_heap(&other, test_other_frames()));
	check_count(&rule_mapper, "tables below the active root", 0,
		    page_walk_count_tables(test_mapper()->root));
	check_frames_are(other.root, true);
	make_heap();
	check_frames_are(test_mapper()->root, false);
	machine_set_root(other.root);
	for (uint64_t i = 0; i < HEAP_PAGES; i++)
		check(&rule_mapper, probe_read(heap_page(i).start, &value),
		      "the heap is there when its root is active",
		      "page %llu faults", (unsigned long long)i);
}

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
			test_show("page %llu was mapped before",
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
static void no_frame(void)
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
static void second_attempt(void)
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

static uint64_t taken; /* the page that page_in_the_way has mapped before */

static void show_taken(void)
{
	test_show("the page that was mapped before: %llu of 0 to 24",
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
static void page_in_the_way(void)
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
static void huge_page_in_the_way(void)
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

static const struct test tests[] = {
	{ "all_pages_mapped", all_pages_mapped },
	{ "frames_distinct", frames_distinct },
	{ "first_and_last_byte", first_and_last_byte },
	{ "nothing_around", nothing_around },
	{ "not_executable", not_executable },
	{ "closed_to_users", closed_to_users },
	{ "another_root", another_root },
	{ "no_frame", no_frame },
	{ "second_attempt", second_attempt },
	{ "page_in_the_way", page_in_the_way },
	{ "huge_page_in_the_way", huge_page_in_the_way },
};

LAB("3-heap", tests);
