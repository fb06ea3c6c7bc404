/*
 * Design: one walk from the root downwards that links each missing table as
 * soon as it is taken, and widens the flags of the tables that are there.  What
 * an entry held before is written into a journal, and on an error the journal
 * is played backwards.
 *
 * A test must not look at the tables while map_to runs (from inside a frame
 * source, say): "nothing has changed" is a promise for the return.  Nor must it
 * count flushes: before a table is given back, the processor has to forget that
 * it was linked.
 */
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

/* What stood in an entry that leads to a table, and the table if it is new. */
struct change {
	uint64_t *entry;
	uint64_t before;
	struct frame new_table; /* or NO_FRAME */
};

struct journal {
	struct change changes[PAGE_TABLE_LEVELS - 1];
	unsigned count;
};

static uint64_t *entry_of(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, level)];
}

/* Write the entry, so that journal_undo can write it again. */
static void journal_write(struct journal *journal, uint64_t *entry,
			  uint64_t value, struct frame new_table)
{
	journal->changes[journal->count++] =
		(struct change){ entry, *entry, new_table };
	*entry = value;
}

/*
 * All entries first, then the flush, then the tables: a processor may have
 * walked through them, and remembers it (Intel SDM 3A, 4.10.3.1).
 */
static void journal_undo(struct journal *journal, struct page page,
			 struct frame_source *frames)
{
	for (unsigned i = journal->count; i > 0; i--)
		*journal->changes[i - 1].entry = journal->changes[i - 1].before;
	machine_flush_page(page);
	for (unsigned i = journal->count; i > 0; i--) {
		if (!frame_is_none(journal->changes[i - 1].new_table))
			frame_source_deallocate(
				frames, journal->changes[i - 1].new_table);
	}
}

/* Make the entry lead to a table that allows what the flags say. */
static enum map_result link_table(uint64_t *entry, uint64_t flags,
				  struct frame_source *frames,
				  struct journal *journal)
{
	struct frame table;

	if (pte_is_present(*entry)) {
		if (pte_is_huge(*entry))
			return PARENT_ENTRY_HUGE_PAGE;
		journal_write(journal, entry, *entry | flags, NO_FRAME);
		return MAP_OK;
	}
	table = frame_source_allocate(frames);
	if (frame_is_none(table))
		return FRAME_ALLOCATION_FAILED;
	memset(machine_frame_memory(table), 0, PAGE_SIZE);
	journal_write(journal, entry, pte_make(table, flags), table);
	return MAP_OK;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t parent_flags = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);
	uint64_t *entry = entry_of(mapper->root, page.start, PAGE_TABLE_LEVELS);
	struct journal journal = { .count = 0 };
	enum map_result result = MAP_OK;

	for (unsigned level = PAGE_TABLE_LEVELS; level > 1; level--) {
		result = link_table(entry, parent_flags, frames, &journal);
		if (result != MAP_OK)
			break;
		entry = entry_of(pte_frame(*entry), page.start, level - 1);
	}
	if (result == MAP_OK && pte_is_present(*entry))
		result = PAGE_ALREADY_MAPPED;
	if (result == MAP_OK)
		*entry = pte_make(frame, flags | PTE_PRESENT);
	else
		journal_undo(&journal, page, frames);
	return result;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct frame table = mapper->root;

	if (!address_is_canonical(address))
		return (struct translation){ .mapped = false };
	for (unsigned level = PAGE_TABLE_LEVELS;; level--) {
		uint64_t entry = *entry_of(table, address, level);
		uint64_t size = page_table_span(level);

		if (!pte_is_present(entry))
			return (struct translation){ .mapped = false };
		table = pte_frame(entry);
		if (level == 1 || pte_is_huge(entry))
			return (struct translation){
				.mapped = true,
				.address = (table.start & -size) +
					   (address & ~-size),
				.page_size = size,
			};
	}
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct frame table = mapper->root;
	uint64_t *entry;

	for (unsigned level = PAGE_TABLE_LEVELS; level > 1; level--) {
		entry = entry_of(table, page.start, level);
		if (!pte_is_present(*entry))
			return PAGE_NOT_MAPPED;
		if (pte_is_huge(*entry))
			return PARENT_ENTRY_HUGE_PAGE;
		table = pte_frame(*entry);
	}
	entry = entry_of(table, page.start, 1);
	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	*frame = pte_frame(*entry);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
}
