#include "test/page_changes.h"

#include "layout.h"
#include "machine.h"
#include "test/frames.h"
#include "test/line.h"
#include "test/page_walk.h"

#define GARBAGE_WORD (0x0101010101010101ull * TEST_GARBAGE)

/* ---- The way to an address ---------------------------------------------------- */

/* Volatile below: in a judged run the submission's process may be writing them. */

static void add_flags(struct line *line, uint64_t entry, unsigned level)
{
	const char *bit_7 = level == 2 || level == 3 ? " huge" : " bit 7";

	line_add(line, " %s%s%s%s", entry & PTE_USER ? "U" : "",
		 entry & PTE_WRITABLE ? "W" : "R",
		 entry & PTE_NO_EXECUTE ? "" : "X",
		 entry & PTE_HUGE ? bit_7 : "");
}

/* Whether the entry leads to a table that a test may look into. */
static bool leads_on(uint64_t entry, unsigned level)
{
	return level > 1 && pte_is_present(entry) &&
	       (level == PAGE_TABLE_LEVELS || !pte_is_huge(entry)) &&
	       test_frames_is_in_use(pte_frame(entry));
}

static void add_entry(struct line *line, uint64_t address, unsigned level,
		      uint64_t entry)
{
	line_add(line, "%s%u[%u]", level < PAGE_TABLE_LEVELS ? ", " : "", level,
		 page_table_index(address, level));
	if (!pte_is_present(entry) || entry == GARBAGE_WORD) {
		line_add(line, " = 0x%llx", (unsigned long long)entry);
		return;
	}
	line_add(line, " -> 0x%llx",
		 (unsigned long long)pte_frame(entry).start);
	add_flags(line, entry, level);
}

void page_walk_show(struct frame root, uint64_t address,
		    const struct rule *garbage)
{
	struct frame table = root;
	struct line line = LINE_EMPTY;
	uint64_t entry = 0;

	for (unsigned level = PAGE_TABLE_LEVELS; level; level--) {
		const volatile struct page_table *memory = machine_frame_memory(table);

		entry = memory->entries[page_table_index(address, level)];
		add_entry(&line, address, level, entry);
		if (!leads_on(entry, level))
			break;
		table = pte_frame(entry);
	}
	test_show("the way to 0x%llx: %s", (unsigned long long)address,
		  line.text);
	if (entry != GARBAGE_WORD)
		return;
	test_show("the last is what the frame held before it became a table");
	test_show("rule %s: %s", garbage->id, garbage->text);
}

/* ---- What has changed ----------------------------------------------------------- */

#define MOST_ENTRIES 512

/* The entries that are present, in the order in which a walk meets them. */
struct seen {
	struct {
		uint64_t address; /* the first that it serves */
		unsigned level;
		uint64_t entry;
	} entries[MOST_ENTRIES];
	size_t count;
	uint64_t fingerprint;
};

static struct seen before, now;

static void see_table(struct seen *seen, struct frame table, uint64_t address,
		      unsigned level, size_t count)
{
	const volatile struct page_table *memory = machine_frame_memory(table);

	for (size_t i = 0; i < count && seen->count < MOST_ENTRIES; i++) {
		uint64_t entry = memory->entries[i] &
				 ~(PTE_ACCESSED | PTE_DIRTY);
		uint64_t first = address + i * page_table_span(level);

		if (!pte_is_present(entry))
			continue;
		seen->entries[seen->count].address = first;
		seen->entries[seen->count].level = level;
		seen->entries[seen->count++].entry = entry;
		if (leads_on(entry, level))
			see_table(seen, pte_frame(entry), first, level - 1,
				  PAGE_TABLE_ENTRIES);
	}
}

static void see(struct seen *seen, struct frame root)
{
	seen->count = 0;
	seen->fingerprint = page_walk_fingerprint(root);
	see_table(seen, root, 0, PAGE_TABLE_LEVELS, UPPER_HALF_ROOT_INDEX);
}

void page_changes_remember(struct frame root)
{
	see(&before, root);
}

/* Whether the entry of that index comes before the other one in a walk. */
static bool is_earlier(const struct seen *one, const struct seen *other,
		       size_t i)
{
	if (i >= one->count || i >= other->count)
		return i < one->count;
	if (one->entries[i].address != other->entries[i].address)
		return one->entries[i].address < other->entries[i].address;
	return one->entries[i].level > other->entries[i].level;
}

/* The entry of that index, with what it was and is; 0 stands for not present. */
static const char *tell(const struct seen *seen, size_t i, uint64_t was,
			uint64_t is)
{
	static struct line line;
	uint64_t address = seen->entries[i].address;
	unsigned level = seen->entries[i].level;

	line = LINE_EMPTY;
	line_add(&line, "level %u, index %u, on the way to 0x%llx: 0x%llx, now 0x%llx",
		 level, page_table_index(address, level),
		 (unsigned long long)address, (unsigned long long)was,
		 (unsigned long long)is);
	return line.text;
}

const char *page_changes_first(struct frame root)
{
	see(&now, root);
	if (now.fingerprint == before.fingerprint)
		return NULL;
	for (size_t i = 0; i < before.count || i < now.count; i++) {
		if (is_earlier(&before, &now, i))
			return tell(&before, i, before.entries[i].entry, 0);
		if (is_earlier(&now, &before, i))
			return tell(&now, i, 0, now.entries[i].entry);
		if (before.entries[i].entry != now.entries[i].entry)
			return tell(&now, i, before.entries[i].entry,
				    now.entries[i].entry);
	}
	return "an entry has changed";
}
