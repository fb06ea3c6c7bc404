/*
 * Design: every call writes down its whole way first, on the stack and in a table of
 * 64 KiB that it clears, and tells of it; only then it does something.
 *
 * A test must not assume that a call is cheap or silent: this one takes a hundred
 * thousand instructions and 4 KiB of stack.
 */
#include "memory/mapper.h"

#include "lib/console.h"
#include "lib/string.h"
#include "machine.h"

struct way {
	uint64_t *entries[PAGE_TABLE_LEVELS + 1]; /* by level; NULL below its end */
	unsigned last; /* the level of the lowest entry that there is */
	unsigned char note[4000];
};

static unsigned char seen[64 * 1024]; /* by the table's place in memory */

static uint64_t *entry_in(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	seen[table.start / PAGE_SIZE % sizeof(seen)] = (unsigned char)level;
	return &memory->entries[page_table_index(address, level)];
}

static void find_way(struct way *way, const char *call, struct frame table,
		     uint64_t address)
{
	memset(way, 0, sizeof(*way));
	memset(seen, 0, sizeof(seen));
	debug_printf("%s 0x%llx\n", call, (unsigned long long)address);
	for (way->last = PAGE_TABLE_LEVELS;; way->last--) {
		uint64_t *entry = entry_in(table, address, way->last);

		way->entries[way->last] = entry;
		debug_printf("  level %u: 0x%llx\n", way->last,
			     (unsigned long long)*entry);
		if (way->last == 1 || !pte_is_present(*entry) ||
		    pte_is_huge(*entry))
			break;
		table = pte_frame(*entry);
	}
	for (size_t i = 0; i < sizeof(seen); i++)
		way->note[i % sizeof(way->note)] |= seen[i];
}

/* As many empty tables as are missing below the way's end; false if there are too few. */
static bool take_tables(const struct way *way, struct frame_source *frames,
			struct frame tables[PAGE_TABLE_LEVELS])
{
	for (unsigned level = 1; level < way->last; level++) {
		tables[level] = frame_source_allocate(frames);
		if (!frame_is_none(tables[level])) {
			memset(machine_frame_memory(tables[level]), 0, PAGE_SIZE);
			continue;
		}
		while (--level > 0)
			frame_source_deallocate(frames, tables[level]);
		return false;
	}
	return true;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t parent = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);
	struct frame tables[PAGE_TABLE_LEVELS];
	struct way way;

	find_way(&way, "map_to", mapper->root, page.start);
	if (pte_is_present(*way.entries[way.last]))
		return way.last > 1 ? PARENT_ENTRY_HUGE_PAGE :
				      PAGE_ALREADY_MAPPED;
	if (!take_tables(&way, frames, tables))
		return FRAME_ALLOCATION_FAILED;
	for (unsigned level = PAGE_TABLE_LEVELS; level > way.last; level--)
		*way.entries[level] |= parent;
	for (; way.last > 1; way.last--) {
		*way.entries[way.last] = pte_make(tables[way.last - 1], parent);
		way.entries[way.last - 1] = entry_in(tables[way.last - 1],
						     page.start, way.last - 1);
	}
	*way.entries[1] = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct way way;

	find_way(&way, "unmap", mapper->root, page.start);
	if (!pte_is_present(*way.entries[way.last]))
		return PAGE_NOT_MAPPED;
	if (way.last > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*way.entries[1]);
	*way.entries[1] = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation translation = { .mapped = false };
	uint64_t mask;
	struct way way;

	if (!address_is_canonical(address))
		return translation;
	find_way(&way, "translate", mapper->root, address);
	if (!pte_is_present(*way.entries[way.last]))
		return translation;
	mask = page_table_span(way.last) - 1;
	translation.mapped = true;
	translation.address = (pte_frame(*way.entries[way.last]).start & ~mask) +
			      (address & mask);
	translation.page_size = page_table_span(way.last);
	return translation;
}
