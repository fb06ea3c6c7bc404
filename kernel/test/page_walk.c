#include "test/page_walk.h"

#include "layout.h"
#include "machine.h"

/* The processor may set these at any time, so they say nothing of a mapper. */
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

struct summary {
	size_t tables;
	uint64_t fingerprint;
};

/* Add one table's first `count` entries, and the tables below, to *summary. */
static void summarise(struct frame table, unsigned level, size_t count,
		      struct summary *summary)
{
	const volatile struct page_table *memory = machine_frame_memory(table);

	for (size_t i = 0; i < count; i++) {
		uint64_t entry = memory->entries[i] & ~SET_BY_PROCESSOR;

		if (!pte_is_present(entry))
			entry = 0; /* the processor ignores the other bits */
		/* FNV-1a, by words; the index tells equal entries apart. */
		summary->fingerprint ^= entry + i;
		summary->fingerprint *= 0x100000001b3;
		if (!leads_to_table(entry, level))
			continue;
		summary->tables++;
		summarise(pte_frame(entry), level - 1, PAGE_TABLE_ENTRIES,
			  summary);
	}
}

static struct summary summarise_lower_half(struct frame root)
{
	struct summary summary = { 0, 0xcbf29ce484222325 };

	summarise(root, PAGE_TABLE_LEVELS, UPPER_HALF_ROOT_INDEX, &summary);
	return summary;
}

size_t page_walk_count_tables(struct frame root)
{
	return summarise_lower_half(root).tables;
}

uint64_t page_walk_fingerprint(struct frame root)
{
	return summarise_lower_half(root).fingerprint;
}
