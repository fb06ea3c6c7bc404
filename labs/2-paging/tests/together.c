/*
 * Task 5 of lab 2: map_to, translate and unmap together.
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

/* Whether the tables on home's way are the other source's. */
static void check_tables_are(struct frame root, bool others)
{
	struct page_walk walk = page_walk(root, home.start);

	for (unsigned level = PAGE_TABLE_LEVELS; level > 1; level--) {
		struct frame table = pte_frame(walk.entry[level]);

		check(&rule_tables, test_frames_is_others(table) == others,
		      "tables in frames of the source that the call was given",
		      "level %u leads to frame 0x%llx of another", level,
		      (unsigned long long)table.start);
	}
}

/*
 * A table that both roots lead to, as to all of the kernel's half: what is unmapped
 * by the one that is not active is gone from the other, too.
 */
static void unmap_what_is_shared(const struct mapper *other)
{
	struct frame root = test_mapper()->root, frame = NO_FRAME;
	uint64_t value;

	map(upper_home, new_frame(3), 0);
	*page_walk_entry(other->root, upper_home.start, PAGE_TABLE_LEVELS) =
		*page_walk_entry(root, upper_home.start, PAGE_TABLE_LEVELS);
	check_reads(&rule_root, upper_home, 3);
	check_result(&rule_root, "unmap", MAP_OK,
		     unmap(other, upper_home, &frame));
	check(&rule_flush, !probe_read(upper_home.start, &value),
	      "a read of the page faults", "it still reads 0x%llx",
	      (unsigned long long)value);
}

/*
 * A second root, as of a program that does not run yet, and a source of its own:
 * what is done to it must not be seen until it becomes the active one.
 */
void another_root(void)
{
	struct mapper other = { frame_source_allocate(test_frames()) };
	struct frame ours = new_frame(1), theirs = new_frame(2);
	struct frame frame = NO_FRAME;

	machine_make_root(other.root);
	map(home, ours, 0);
	check_hex(&rule_translate, "physical address", ours.start,
		  translate(test_mapper(), home.start).address);
	page_changes_remember(test_mapper()->root);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		check_result(&rule_root, "map_to", MAP_OK,
			     map_to(&other, neighbour(level), theirs, 0,
				    test_other_frames()));
	check_result(&rule_root, "map_to", MAP_OK,
		     map_to(&other, home, theirs, 0, test_other_frames()));
	check_tables_are(test_mapper()->root, false);
	check_tables_are(other.root, true);
	check_hex(&rule_root, "physical address", theirs.start,
		  translate(&other, home.start).address);
	check_result(&rule_root, "unmap", MAP_OK,
		     unmap(&other, neighbour(1), &frame));
	check_tables_unchanged(&rule_root, test_mapper()->root);
	check_reads(&rule_root, home, 1);
	check_hex(&rule_root, "physical address", ours.start,
		  translate(test_mapper(), home.start).address);
	map((struct page){ home.start ^ 2 * PAGE_SIZE }, ours, 0);
	check_reads(&rule_root, home, 1);
	unmap_what_is_shared(&other);
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
		{ 0, 1, 511 }, { 3, 511 }, { 0, 300 }, { 1, 255, 0x1fffe00 | 300 },
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
