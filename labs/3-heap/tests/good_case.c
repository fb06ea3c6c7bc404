/*
 * Tests of a heap that is made where there are frames and nothing is in the way.
 */
#include "tests.h"

#include "machine.h"
#include "region.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_walk.h"
#include "test/probe.h"

#define HEAP_END (HEAP_START + HEAP_SIZE)
#define WORD sizeof(uint64_t)

/* The pages are there, and as many as the region's size says: 25. */
void all_pages_mapped(void)
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
void frames_distinct(void)
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
void first_and_last_byte(void)
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
void nothing_around(void)
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
void not_executable(void)
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
void closed_to_users(void)
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
void another_root(void)
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
