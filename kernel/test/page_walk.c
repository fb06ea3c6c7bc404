#include "test/page_walk.h"

#include "layout.h"
#include "machine.h"
#include "test/frames.h"

/* The processor may set these at any time, so they say nothing about a mapper. */
#define SET_BY_PROCESSOR (PTE_ACCESSED | PTE_DIRTY)

/* Volatile: in a judged run the submission's process may be writing it. */
static volatile uint64_t *entry_of(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, level)];
}

/* Bit 7 says huge in levels 3 and 2 only. */
static bool leads_to_table(uint64_t entry, unsigned level)
{
	if (!pte_is_present(entry) || level == 1)
		return false;
	return level == PAGE_TABLE_LEVELS || !pte_is_huge(entry);
}

struct page_walk page_walk(struct frame root, uint64_t address)
{
	struct page_walk walk = { .level = PAGE_TABLE_LEVELS };
	struct frame table = root;

	for (;;) {
		uint64_t entry = *entry_of(table, address, walk.level);

		walk.entry[walk.level] = entry;
		if (!leads_to_table(entry, walk.level))
			return walk;
		table = pte_frame(entry);
		walk.level--;
	}
}

uint64_t *page_walk_entry(struct frame root, uint64_t address, unsigned level)
{
	struct frame table = root;

	for (unsigned above = PAGE_TABLE_LEVELS; above > level; above--)
		table = pte_frame(*entry_of(table, address, above));
	return (uint64_t *)entry_of(table, address, level);
}

/* The root's entries for the kernel: the direct map, devices, and the image. */
static bool is_kernels(size_t root_index)
{
	return root_index == page_table_index(DIRECT_MAP_BASE, 4) ||
	       root_index >= page_table_index(DEVICES_BASE, 4);
}

/*
 * No root has more tables below it than a test has frames for them: a walk that meets
 * more goes in a circle, through a table that leads to itself, and need not see the rest.
 */
#define MOST_TABLES TEST_FRAMES

/* What is asked about all tables, and what is known so far. */
struct summary {
	size_t tables;
	uint64_t fingerprint;
	uint64_t wanted_entry;
	struct frame wanted_frame;
	bool has_entry, leads_to_frame;
};

static void look_at(uint64_t entry, size_t index, struct summary *summary)
{
	summary->has_entry |= entry == summary->wanted_entry;
	entry &= ~SET_BY_PROCESSOR;
	if (!pte_is_present(entry))
		entry = 0; /* the processor ignores the other bits */
	else if (pte_frame(entry).start == summary->wanted_frame.start)
		summary->leads_to_frame = true;
	/* FNV-1a, by words; the index tells equal entries apart. */
	summary->fingerprint ^= entry + index;
	summary->fingerprint *= 0x100000001b3;
}

/* Add one table, and the tables below it, to *summary. */
static void summarise(struct frame table, unsigned level,
		      struct summary *summary)
{
	const volatile struct page_table *memory = machine_frame_memory(table);

	for (size_t i = 0; i < PAGE_TABLE_ENTRIES; i++) {
		uint64_t entry = memory->entries[i];

		if (level == PAGE_TABLE_LEVELS && is_kernels(i))
			continue;
		look_at(entry, i, summary);
		if (!leads_to_table(entry, level))
			continue;
		if (++summary->tables > MOST_TABLES)
			continue;
		summarise(pte_frame(entry), level - 1, summary);
	}
}

static struct summary summarise_all(struct frame root, struct frame wanted_frame,
				    uint64_t wanted_entry)
{
	struct summary summary = { .fingerprint = 0xcbf29ce484222325,
				   .wanted_frame = wanted_frame,
				   .wanted_entry = wanted_entry };

	summarise(root, PAGE_TABLE_LEVELS, &summary);
	return summary;
}

size_t page_walk_count_tables(struct frame root)
{
	return summarise_all(root, NO_FRAME, 0).tables;
}

bool page_walk_leads_to(struct frame root, struct frame frame)
{
	return summarise_all(root, frame, 0).leads_to_frame;
}

bool page_walk_has_entry(struct frame root, uint64_t entry)
{
	return summarise_all(root, NO_FRAME, entry).has_entry;
}

uint64_t page_walk_fingerprint(struct frame root)
{
	return summarise_all(root, NO_FRAME, 0).fingerprint;
}
