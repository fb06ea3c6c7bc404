/*
 * Design: each function calls itself for the table below.  map_to goes down to
 * level 1 first, through new tables that nothing leads to, and links them on
 * its way back up: only when everything below has worked.
 *
 * A test must not assume that all tables are taken before any entry is written
 * (the entry in level 1 of a new table is written before the processor can see
 * it), nor that an old entry keeps its value until the last one is in place.
 */
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

/* What is to be mapped, the same at every level. */
struct mapping {
	struct page page;
	uint64_t entry; /* the last one */
	uint64_t parent_flags;
	struct frame_source *frames;
};

static uint64_t *entry_at(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, level)];
}

static enum map_result map_below(struct frame table, unsigned level,
				 const struct mapping *mapping);

/* Map the page in a table of its own, which *entry then leads to. */
static enum map_result map_in_new_table(uint64_t *entry, unsigned level,
					const struct mapping *mapping)
{
	struct frame table = frame_source_allocate(mapping->frames);
	enum map_result result;

	if (frame_is_none(table))
		return FRAME_ALLOCATION_FAILED;
	memset(machine_frame_memory(table), 0, PAGE_SIZE);
	result = map_below(table, level, mapping);
	if (result == MAP_OK)
		*entry = pte_make(table, mapping->parent_flags);
	else
		frame_source_deallocate(mapping->frames, table);
	return result;
}

/* Map the page in the table that is there, and let the entry allow it. */
static enum map_result map_in_old_table(uint64_t *entry, unsigned level,
					const struct mapping *mapping)
{
	enum map_result result = map_below(pte_frame(*entry), level, mapping);

	if (result == MAP_OK)
		*entry |= mapping->parent_flags;
	return result;
}

static enum map_result map_below(struct frame table, unsigned level,
				 const struct mapping *mapping)
{
	uint64_t *entry = entry_at(table, mapping->page.start, level);

	if (level == 1) {
		if (pte_is_present(*entry))
			return PAGE_ALREADY_MAPPED;
		*entry = mapping->entry;
		return MAP_OK;
	}
	if (!pte_is_present(*entry))
		return map_in_new_table(entry, level - 1, mapping);
	if (pte_is_huge(*entry))
		return PARENT_ENTRY_HUGE_PAGE;
	return map_in_old_table(entry, level - 1, mapping);
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct mapping mapping = {
		.page = page,
		.entry = pte_make(frame, flags | PTE_PRESENT),
		.parent_flags = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER),
		.frames = frames,
	};

	return map_below(mapper->root, PAGE_TABLE_LEVELS, &mapping);
}

static struct translation translate_below(struct frame table, unsigned level,
					  uint64_t address)
{
	uint64_t entry = *entry_at(table, address, level);
	uint64_t size = page_table_span(level);

	if (!pte_is_present(entry))
		return (struct translation){ .mapped = false };
	if (level > 1 && !pte_is_huge(entry))
		return translate_below(pte_frame(entry), level - 1, address);
	return (struct translation){
		.mapped = true,
		.address =
			pte_frame(entry).start / size * size + address % size,
		.page_size = size,
	};
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	if (!address_is_canonical(address))
		return (struct translation){ .mapped = false };
	return translate_below(mapper->root, PAGE_TABLE_LEVELS, address);
}

static enum map_result unmap_below(struct frame table, unsigned level,
				   struct page page, struct frame *frame)
{
	uint64_t *entry = entry_at(table, page.start, level);

	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	if (level > 1 && pte_is_huge(*entry))
		return PARENT_ENTRY_HUGE_PAGE;
	if (level > 1)
		return unmap_below(pte_frame(*entry), level - 1, page, frame);
	*frame = pte_frame(*entry);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	return unmap_below(mapper->root, PAGE_TABLE_LEVELS, page, frame);
}
