#include "pages.h"

#include "lib/string.h"
#include "machine.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"
#include "test/probe.h"

const struct page home = { 100ull << 39 | 89ull << 30 | 77ull << 21 |
			   55ull << 12 };

const struct page upper_home = { 0xffffull << 48 | 300ull << 39 | 89ull << 30 |
				 77ull << 21 | 55ull << 12 };

struct page neighbour(unsigned level)
{
	return (struct page){ home.start ^ page_table_span(level) };
}

struct frame new_frame(uint64_t value)
{
	struct frame frame = frame_source_allocate(test_frames());
	uint64_t *words = machine_frame_memory(frame);

	words[0] = words[PAGE_SIZE / sizeof(*words) - 1] = value;
	return frame;
}

static struct page looked_at;

static void show_way(void)
{
	page_walk_show(machine_root(), looked_at.start, &rule_zeroed);
}

void look_at(struct page page)
{
	looked_at = page;
	test_explain_with(show_way);
}

struct line way_end(struct page page)
{
	struct page_walk walk = page_walk(machine_root(), page.start);
	uint64_t entry = walk.entry[walk.level];
	struct line line = LINE_EMPTY;

	if (!address_is_canonical(page.start)) {
		line_add(&line, "bits 63 to 47 are not all equal");
		return line;
	}
	line_add(&line, "level %u, index %u holds 0x%llx, ", walk.level,
		 page_table_index(page.start, walk.level),
		 (unsigned long long)entry);
	if (!pte_is_present(entry))
		line_add(&line, "which is not present");
	else if (walk.level > 1)
		line_add(&line, "which maps a huge page");
	else
		line_add(&line, "which is present");
	return line;
}

void map(struct page page, struct frame frame, uint64_t flags)
{
	look_at(page);
	check_result(&rule_frame, "map_to", MAP_OK,
		     map_to(test_mapper(), page, frame, flags, test_frames()));
}

void check_reads(const struct rule *rule, struct page page, uint64_t expected)
{
	uint64_t first = 0, last = 0;

	look_at(page);
	check(rule, probe_read(page.start, &first), "the page can be read",
	      "page 0x%llx faults: %s", (unsigned long long)page.start,
	      way_end(page).text);
	probe_read(page.start + PAGE_SIZE - sizeof(last), &last);
	check_hex(rule, "first word of the page", expected, first);
	check_hex(rule, "last word of the page", expected, last);
}

struct page make_huge_page(unsigned level, uint64_t entry)
{
	uint64_t start = neighbour(level).start & ~(page_table_span(level) - 1);

	*page_walk_entry(test_mapper()->root, start, level) =
		entry | PTE_PRESENT | PTE_HUGE;
	return (struct page){ start };
}

struct page make_decoy_huge_page(unsigned level)
{
	struct frame frame = frame_source_allocate(test_frames());

	memset(machine_frame_memory(frame), 0, PAGE_SIZE);
	return make_huge_page(level, frame.start);
}
