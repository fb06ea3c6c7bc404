/*
 * Tasks 3 to 5 of lab 2: unmap, map_to when it has to refuse, and all of it
 * together.
 */
#include "tests.h"

#include "lib/string.h"
#include "machine.h"
#include "memory/mapper.h"
#include "pages.h"
#include "rules.h"
#include "test/frames.h"
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
 * in every table on the way stay.
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

/*
 * The page gets another frame as soon as it has lost the first, and again
 * after writes: neither may reach the frame before.
 */
void unmap_and_remap(void)
{
	struct frame frames[] = { new_frame(10), new_frame(11), new_frame(12) };

	for (unsigned i = 0; i < 3; i++) {
		map(home, frames[i], PTE_WRITABLE);
		check_reads(&rule_flush, home, 10 + i);
		check(&rule_frame, probe_write(home.start, 20 + i),
		      "the page can be written", "the write faults");
		check_hex(&rule_flush, "first word of the frame", 20 + i,
			  *(uint64_t *)machine_frame_memory(frames[i]));
		unmap_from(home, frames[i]);
	}
}

/* An unmap that must be refused, and change nothing. */
static void refuse_unmap(struct page page, enum map_result expected)
{
	const struct frame untouched = { 0x5555555555000 };
	struct frame frame = untouched, root = test_mapper()->root;
	uint64_t before = page_walk_fingerprint(root);

	check_result(&rule_unmap_refused, "unmap", expected,
		     unmap(test_mapper(), page, &frame));
	check_hex(&rule_unmap_refused, "*frame", untouched.start, frame.start);
	check(&rule_unmap_refused, page_walk_fingerprint(root) == before,
	      "the tables are as before", "an entry has changed");
}

/* Missing in the table of each level in turn; and what is gone is gone. */
void unmap_unmapped(void)
{
	struct frame frame = new_frame(1);

	map(home, frame, 0);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		refuse_unmap(neighbour(level), PAGE_NOT_MAPPED);
	check_reads(&rule_unmap_refused, home, 1);
	unmap_from(home, frame);
	refuse_unmap(home, PAGE_NOT_MAPPED);
}

/*
 * A frame of zeroes.  As the address of a huge page it is not aligned, which
 * the processor would mind if it ever came there; but whoever takes it for a
 * table finds one that looks right.
 */
static struct frame decoy_table(void)
{
	struct frame frame = frame_source_allocate(test_frames());

	memset(machine_frame_memory(frame), 0, PAGE_SIZE);
	return frame;
}

/* A 4 KiB piece cannot be taken out of a huge page. */
void unmap_huge_page(void)
{
	struct frame frame = new_frame(1);

	map(home, frame, 0);
	for (unsigned level = 2; level <= 3; level++) {
		struct page huge = make_huge_page(level, decoy_table().start);
		struct page inside = { huge.start + 5 * PAGE_SIZE };

		refuse_unmap(huge, PARENT_ENTRY_HUGE_PAGE);
		refuse_unmap(inside, PARENT_ENTRY_HUGE_PAGE);
	}
	unmap_from(home, frame);
}

/* A map_to that must be refused, and change and keep nothing. */
static void refuse_map(const struct rule *rule, struct page page,
		       enum map_result expected)
{
	struct frame root = test_mapper()->root;
	uint64_t before = page_walk_fingerprint(root);
	uint64_t in_use = test_frames_in_use();

	check_result(rule, "map_to", expected,
		     map_to(test_mapper(), page, HIGHEST_FRAME,
			    PTE_USER | PTE_WRITABLE, test_frames()));
	check_count(rule, "frames in use", in_use, test_frames_in_use());
	check(rule, page_walk_fingerprint(root) == before,
	      "the tables are as before", "an entry has changed");
}

/* Whatever it was mapped to; also when no frame would be left. */
void map_twice(void)
{
	const struct page zero = { home.start + PAGE_SIZE };

	map(home, new_frame(1), PTE_NO_EXECUTE);
	map(zero, (struct frame){ 0 }, 0);
	refuse_map(&rule_map_refused, home, PAGE_ALREADY_MAPPED);
	refuse_map(&rule_map_refused, zero, PAGE_ALREADY_MAPPED);
	check_reads(&rule_map_refused, home, 1);
	test_frames_fail_after(0);
	refuse_map(&rule_map_refused, home, PAGE_ALREADY_MAPPED);
}

/* What lies below an entry with PTE_HUGE is memory, and not a table. */
void huge_page_in_the_way(void)
{
	map(home, new_frame(1), PTE_NO_EXECUTE);
	for (unsigned level = 2; level <= 3; level++) {
		struct page huge = make_huge_page(level, decoy_table().start);
		struct page inside = { huge.start + 5 * PAGE_SIZE };

		refuse_map(&rule_huge_in_way, huge, PARENT_ENTRY_HUGE_PAGE);
		refuse_map(&rule_huge_in_way, inside, PARENT_ENTRY_HUGE_PAGE);
	}
	check_reads(&rule_huge_in_way, home, 1);
}

/*
 * One, two and three tables are missing, and the source runs out at the first
 * request, the second and so on.  When it has just enough, map_to must work.
 */
void no_frame_for_a_table(void)
{
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

/*
 * A second root, as of a program that does not run yet: what is done to it must
 * not be seen until it becomes the active one.
 */
void another_root(void)
{
	struct mapper other = { frame_source_allocate(test_frames()) };
	struct frame ours = new_frame(1), theirs = new_frame(2);
	struct frame frame = NO_FRAME;
	uint64_t before;

	machine_make_root(other.root);
	map(home, ours, 0);
	check_hex(&rule_translate, "physical address", ours.start,
		  translate(test_mapper(), home.start).address);
	before = page_walk_fingerprint(test_mapper()->root);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		check_result(&rule_root, "map_to", MAP_OK,
			     map_to(&other, neighbour(level), theirs, 0,
				    test_frames()));
	check_result(&rule_root, "map_to", MAP_OK,
		     map_to(&other, home, theirs, 0, test_frames()));
	check_hex(&rule_root, "physical address", theirs.start,
		  translate(&other, home.start).address);
	check_result(&rule_root, "unmap", MAP_OK,
		     unmap(&other, neighbour(1), &frame));
	check(&rule_root, page_walk_fingerprint(test_mapper()->root) == before,
	      "the active tables are as before", "an entry has changed");
	check_reads(&rule_root, home, 1);
	machine_set_root(other.root);
	check_reads(&rule_root, home, 2);
	check_reads(&rule_root, neighbour(4), 2);
}

/*
 * A simple model for random_operations: what every page should be.  The pages
 * are all combinations of a few indices, so that they share tables.
 */
#define PAGES 36
#define DATA_FRAMES 8

static struct {
	struct page page;
	bool mapped;
	struct frame frame;
} model[PAGES];

static struct frame data[DATA_FRAMES];

static void make_model(void)
{
	static const uint64_t indices[][3] = {
		{ 0, 1, 511 }, { 3, 511 }, { 0, 300 }, { 1, 100, 255 },
	};

	for (unsigned i = 0; i < PAGES; i++) {
		model[i].page.start = indices[0][i % 3] << 12 |
				      indices[1][i / 3 % 2] << 21 |
				      indices[2][i / 6 % 2] << 30 |
				      indices[3][i / 12] << 39;
		model[i].mapped = false;
	}
	for (unsigned i = 0; i < DATA_FRAMES; i++)
		data[i] = new_frame(1000 + i);
}

/* Map the page with few or no frames left for tables. */
static void map_and_compare(unsigned i)
{
	struct page_walk walk =
		page_walk(test_mapper()->root, model[i].page.start);
	struct frame frame = data[test_random_below(DATA_FRAMES)];
	uint64_t flags = test_random() & (PTE_WRITABLE | PTE_NO_EXECUTE);
	uint64_t frames_left = test_random_below(PAGE_TABLE_LEVELS);
	uint64_t frames_needed = walk.level - 1;
	enum map_result expected = MAP_OK;

	if (model[i].mapped)
		expected = PAGE_ALREADY_MAPPED;
	else if (frames_left < frames_needed)
		expected = FRAME_ALLOCATION_FAILED;
	test_frames_fail_after(frames_left);
	check_result(&rule_model, "map_to", expected,
		     map_to(test_mapper(), model[i].page, frame, flags,
			    test_frames()));
	if (expected != MAP_OK)
		return;
	model[i].mapped = true;
	model[i].frame = frame;
}

static void unmap_and_compare(unsigned i)
{
	struct frame frame = NO_FRAME;

	check_result(&rule_model, "unmap",
		     model[i].mapped ? MAP_OK : PAGE_NOT_MAPPED,
		     unmap(test_mapper(), model[i].page, &frame));
	check_hex(&rule_model, "the frame that unmap gave",
		  model[i].mapped ? model[i].frame.start : NO_FRAME.start,
		  frame.start);
	model[i].mapped = false;
}

/* The processor and translate must both see what the model says. */
static void compare(unsigned i)
{
	uint64_t address = model[i].page.start + 8 * test_random_below(512);
	uint64_t physical = model[i].frame.start + address % PAGE_SIZE;
	uint64_t value = 0;
	bool reads = probe_read(model[i].page.start, &value);
	struct translation found = translate(test_mapper(), address);

	check(&rule_model, reads == model[i].mapped,
	      model[i].mapped ? "the page can be read" : "the page faults",
	      "page 0x%llx %s", (unsigned long long)model[i].page.start,
	      reads ? "can be read" : "faults");
	if (reads)
		check_hex(&rule_model, "first word of the page",
			  *(uint64_t *)machine_frame_memory(model[i].frame),
			  value);
	check_hex(&rule_model, "physical address",
		  model[i].mapped ? physical : 0, found.address);
}

/*
 * Two hundred calls drawn at random.  In the end every frame in use is either
 * the test's or a table that the root leads to.
 */
void random_operations(void)
{
	make_model();
	for (unsigned i = 0; i < 200; i++) {
		unsigned drawn = test_random_below(PAGES);

		if (test_random_below(3))
			map_and_compare(drawn);
		else
			unmap_and_compare(drawn);
		compare(drawn);
		compare(test_random_below(PAGES));
	}
	for (unsigned i = 0; i < PAGES; i++)
		compare(i);
	check_count(&rule_no_trace, "frames in use",
		    DATA_FRAMES + page_walk_count_tables(test_mapper()->root),
		    test_frames_in_use());
}
