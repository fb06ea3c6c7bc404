/*
 * Design: a first walk only counts the tables that are missing, then all of
 * them are taken at once, and a second walk links them from the root downwards
 * as it meets the gaps.  The second walk cannot fail.
 *
 * A test must not assume that the page appears with a single store (for a
 * moment the root leads to empty tables), nor that a call that finds too few
 * frames stops asking at the first refusal: this one asks for all it needs
 * before it looks at what came.
 */
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *entry_of(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, level)];
}

/*
 * The last entry on the way to the address: in level 1, or above it where there
 * is no further table.  *level says which.
 */
static uint64_t *last_entry(struct frame root, uint64_t address,
			    unsigned *level)
{
	uint64_t *entry = entry_of(root, address, PAGE_TABLE_LEVELS);

	*level = PAGE_TABLE_LEVELS;
	while (*level > 1 && pte_is_present(*entry) && !pte_is_huge(*entry)) {
		*level -= 1;
		entry = entry_of(pte_frame(*entry), address, *level);
	}
	return entry;
}

/* ---- A few empty tables -------------------------------------------------- */

struct spare_tables {
	struct frame tables[PAGE_TABLE_LEVELS - 1];
	unsigned count;
};

static void spare_give_back(struct spare_tables *spare,
			    struct frame_source *frames)
{
	while (spare->count > 0)
		frame_source_deallocate(frames, spare->tables[--spare->count]);
}

static struct frame spare_take(struct spare_tables *spare)
{
	struct frame table = spare->tables[--spare->count];

	memset(machine_frame_memory(table), 0, PAGE_SIZE);
	return table;
}

/* False if there are fewer than `wanted`; then none is kept. */
static bool spare_fill(struct spare_tables *spare, unsigned wanted,
		       struct frame_source *frames)
{
	spare->count = 0;
	for (unsigned i = 0; i < wanted; i++) {
		struct frame table = frame_source_allocate(frames);

		if (!frame_is_none(table))
			spare->tables[spare->count++] = table;
	}
	if (spare->count == wanted)
		return true;
	spare_give_back(spare, frames);
	return false;
}

/* ---- The three functions ------------------------------------------------- */

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t parent_flags = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);
	struct frame table = mapper->root;
	struct spare_tables spare;
	unsigned level;

	if (pte_is_present(*last_entry(mapper->root, page.start, &level)))
		return level == 1 ? PAGE_ALREADY_MAPPED :
				    PARENT_ENTRY_HUGE_PAGE;
	if (!spare_fill(&spare, level - 1, frames))
		return FRAME_ALLOCATION_FAILED;
	for (level = PAGE_TABLE_LEVELS; level > 1; level--) {
		uint64_t *entry = entry_of(table, page.start, level);

		if (!pte_is_present(*entry))
			*entry = pte_make(spare_take(&spare), parent_flags);
		*entry |= parent_flags;
		table = pte_frame(*entry);
	}
	*entry_of(table, page.start, 1) = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation translation = { .mapped = false };
	uint64_t entry, offset_mask;
	unsigned level;

	if (!address_is_canonical(address))
		return translation;
	entry = *last_entry(mapper->root, address, &level);
	if (!pte_is_present(entry))
		return translation;
	offset_mask = page_table_span(level) - 1;
	translation.mapped = true;
	translation.address = (pte_frame(entry).start & ~offset_mask) +
			      (address & offset_mask);
	translation.page_size = page_table_span(level);
	return translation;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	unsigned level;
	uint64_t *entry = last_entry(mapper->root, page.start, &level);

	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	if (level > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*entry);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
}
