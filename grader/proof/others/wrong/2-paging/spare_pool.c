// Design: tables are cleared when they are taken; a pool of spare ones
// Breaks: "On an error no entry has changed and every frame that was taken is given back." (kernel/memory/mapper.h) -- frames that were taken before the source ran out are kept in a static pool for the next call
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct supply {
	struct frame list[3];
	unsigned count;
};

static bool fetch(struct supply *supply, unsigned wanted,
		  struct frame_source *frames)
{
	while (supply->count < wanted) {
		struct frame f = frame_source_allocate(frames);

		if (frame_is_none(f))
			return false;
		memset(machine_frame_memory(f), 0, PAGE_SIZE);
		supply->list[supply->count++] = f;
	}
	return true;
}

static uint64_t *lookup(const struct mapper *mapper, uint64_t address,
			unsigned lowest, unsigned *reached)
{
	struct frame f = mapper->root;
	unsigned level = PAGE_TABLE_LEVELS;

	for (;;) {
		struct page_table *t = machine_frame_memory(f);
		uint64_t *e = &t->entries[page_table_index(address, level)];
		bool huge = (level == 3 || level == 2) && pte_is_huge(*e);

		if (level == lowest || !pte_is_present(*e) || huge) {
			*reached = level;
			return e;
		}
		f = pte_frame(*e);
		level--;
	}
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	const uint64_t link = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);
	static struct supply supply; /* survives a failure */
	unsigned level, ignored;
	uint64_t *hook = lookup(mapper, page.start, 1, &level);
	uint64_t value = pte_make(frame, PTE_PRESENT | flags);

	if (pte_is_present(*hook) && level == 1)
		return PAGE_ALREADY_MAPPED;
	if (pte_is_present(*hook))
		return PARENT_ENTRY_HUGE_PAGE;
	if (!fetch(&supply, level - 1, frames)) {
		return FRAME_ALLOCATION_FAILED; /* they are kept */
	}
	for (unsigned n = 1; n < level; n++) {
		struct frame f = supply.list[--supply.count];
		uint64_t *table = machine_frame_memory(f);

		table[page_table_index(page.start, n)] = value;
		value = pte_make(f, link);
	}
	/* Parents first, so that the page is complete when it appears. */
	for (unsigned above = PAGE_TABLE_LEVELS; above > level; above--)
		*lookup(mapper, page.start, above, &ignored) |= link;
	*hook = value;
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	unsigned level;
	uint64_t *e = lookup(mapper, page.start, 1, &level);

	if (!pte_is_present(*e))
		return PAGE_NOT_MAPPED;
	if (level != 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*e);
	*e = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	unsigned level;
	uint64_t *e;

	if (!address_is_canonical(address))
		return (struct translation){ .mapped = false };
	e = lookup(mapper, address, 1, &level);
	if (!pte_is_present(*e))
		return (struct translation){ .mapped = false };
	if (level == 3)
		return (struct translation){
			true,
			(*e & PTE_ADDRESS_MASK_1GIB) |
				(address & ~PTE_ADDRESS_MASK_1GIB &
				 (PAGE_SIZE_1GIB - 1)),
			PAGE_SIZE_1GIB
		};
	if (level == 2)
		return (struct translation){
			true,
			(*e & PTE_ADDRESS_MASK_2MIB) |
				(address & (PAGE_SIZE_2MIB - 1)),
			PAGE_SIZE_2MIB
		};
	return (struct translation){ true,
				     pte_frame(*e).start |
					     (address & (PAGE_SIZE - 1)),
				     PAGE_SIZE };
}
