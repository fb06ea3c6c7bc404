// Design: two layers: read and write of one entry by level (a walk from the root each time), and the three functions on top
// Breaks: "Find the physical address behind any 64-bit virtual address, through pages of 4 KiB, 2 MiB and 1 GiB." (kernel/memory/mapper.h) -- PTE_HUGE is looked at on level 1, too, where it is the PAT flag: translate and unmap take such a page for a huge one
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

/* True when there is an entry of that level for the address. */
static bool entry_read(struct frame root, uint64_t address, unsigned level,
		       uint64_t *value, uint64_t **where)
{
	struct frame table = root;
	unsigned at = 4;

	while (true) {
		uint64_t *e = (uint64_t *)machine_frame_memory(table) +
			      page_table_index(address, at);

		if (at == level) {
			*value = *e;
			*where = e;
			return true;
		}
		if (!pte_is_present(*e) || (at != 4 && pte_is_huge(*e)))
			return false;
		table = pte_frame(*e);
		at--;
	}
}

/* The level of the entry at which the walk ends. */
static unsigned depth(struct frame root, uint64_t address)
{
	unsigned level = 1;
	uint64_t value, *where;

	while (!entry_read(root, address, level, &value, &where))
		level++;
	return level;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	unsigned level = depth(mapper->root, page.start);
	struct frame spare[3] = { NO_FRAME, NO_FRAME, NO_FRAME };
	uint64_t value, *where;

	(void)entry_read(mapper->root, page.start, level, &value, &where);
	if (pte_is_present(value))
		return level == 1 ? PAGE_ALREADY_MAPPED : PARENT_ENTRY_HUGE_PAGE;
	for (unsigned n = 0; n < level - 1; n++)
		spare[n] = frame_source_allocate(frames);
	if (level > 1 && frame_is_none(spare[level - 2])) {
		for (unsigned n = 0; n < 3; n++)
			if (!frame_is_none(spare[n]))
				frame_source_deallocate(frames, spare[n]);
		return FRAME_ALLOCATION_FAILED;
	}
	while (level > 1) {
		struct frame f = spare[level - 2];

		memset(machine_frame_memory(f), 0, PAGE_SIZE);
		*where = pte_make(f, PTE_PRESENT | PTE_WRITABLE);
		level--;
		(void)entry_read(mapper->root, page.start, level, &value, &where);
	}
	if (flags & PTE_USER)
		for (level = 2; level <= 4; level++) {
			uint64_t *up;

			if (entry_read(mapper->root, page.start, level, &value,
				       &up))
				*up = value | PTE_USER;
		}
	*where = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t value, *where;
	unsigned level = depth(mapper->root, page.start);

	(void)entry_read(mapper->root, page.start, level, &value, &where);
	if (!pte_is_present(value))
		return PAGE_NOT_MAPPED;
	if (level != 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*where = 0;
	machine_flush_page(page);
	*frame = pte_frame(value);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation t = { 0 };
	uint64_t value, *where;
	unsigned level;

	if (!address_is_canonical(address))
		return t;
	level = depth(mapper->root, address);
	(void)entry_read(mapper->root, address, level, &value, &where);
	if (!pte_is_present(value))
		return t;
	t.mapped = true;
	t.page_size = pte_is_huge(value) && level < 2 ? PAGE_SIZE_2MIB :
							page_table_span(level);
	t.address = (value & PTE_ADDRESS_MASK_4KIB & ~(t.page_size - 1)) +
		    (address & (t.page_size - 1));
	return t;
}
