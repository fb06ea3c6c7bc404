// Design: one walk that returns level and entry; frames first, then links from below
// Breaks: "Tables that become empty stay where they are: they belong to the mapper." (kernel/memory/mapper.h) -- a level 1 table that has become empty is taken out of its parent
// Shown: yes
#include "memory/mapper.h"

#include <stddef.h>

#include "lib/string.h"
#include "machine.h"

struct end {
	unsigned level;
	uint64_t *entry;
};

static struct page_table *table_at(struct frame frame)
{
	return machine_frame_memory(frame);
}

static struct end walk(struct frame root, uint64_t address)
{
	struct end end = { 4, NULL };
	struct page_table *table = table_at(root);

	for (;;) {
		end.entry = &table->entries[page_table_index(address, end.level)];
		if (end.level == 1 || !pte_is_present(*end.entry))
			return end;
		if (end.level < 4 && pte_is_huge(*end.entry))
			return end;
		table = table_at(pte_frame(*end.entry));
		end.level--;
	}
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct end end = walk(mapper->root, page.start);
	struct frame tables[3];
	unsigned needed = end.level - 1;
	uint64_t entry = pte_make(frame, flags | PTE_PRESENT);
	uint64_t parent = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);

	if (pte_is_present(*end.entry))
		return end.level == 1 ? PAGE_ALREADY_MAPPED :
					PARENT_ENTRY_HUGE_PAGE;
	for (unsigned i = 0; i < needed; i++) {
		tables[i] = frame_source_allocate(frames);
		if (frame_is_none(tables[i])) {
			while (i-- > 0)
				frame_source_deallocate(frames, tables[i]);
			return FRAME_ALLOCATION_FAILED;
		}
	}
	for (unsigned i = 0; i < needed; i++) {
		struct page_table *table = table_at(tables[i]);

		memset(table, 0, sizeof(*table));
		table->entries[page_table_index(page.start, i + 1)] = entry;
		entry = pte_make(tables[i], parent);
	}
	*end.entry = entry;

	struct page_table *table = table_at(mapper->root);
	for (unsigned level = 4; level > end.level; level--) {
		uint64_t *above =
			&table->entries[page_table_index(page.start, level)];
		*above |= parent;
		table = table_at(pte_frame(*above));
	}
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	static const uint64_t masks[] = { 0, PTE_ADDRESS_MASK_4KIB,
					  PTE_ADDRESS_MASK_2MIB,
					  PTE_ADDRESS_MASK_1GIB };
	struct end end;
	uint64_t span;

	if (!address_is_canonical(address))
		return (struct translation){ 0 };
	end = walk(mapper->root, address);
	if (!pte_is_present(*end.entry))
		return (struct translation){ 0 };
	span = page_table_span(end.level);
	return (struct translation){ true,
				     (*end.entry & masks[end.level]) |
					     (address & (span - 1)),
				     span };
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct end end = walk(mapper->root, page.start);

	if (!pte_is_present(*end.entry))
		return PAGE_NOT_MAPPED;
	if (end.level > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*end.entry);
	*end.entry = 0;
	machine_flush_page(page);

	/* An empty table is of no use. */
	uint64_t *table = end.entry - page_table_index(page.start, 1);
	uint64_t any = 0;
	for (int i = 0; i < PAGE_TABLE_ENTRIES; i++)
		any |= table[i];
	if (any == 0) {
		struct page_table *t = table_at(mapper->root);

		for (unsigned level = 4; level > 2; level--)
			t = table_at(pte_frame(
				t->entries[page_table_index(page.start, level)]));
		t->entries[page_table_index(page.start, 2)] = 0;
	}
	return MAP_OK;
}
