// Design: a pass that counts, a pass that takes, a pass that links; goto for errors
// Breaks: "every entry that leads to a table carries PTE_PRESENT and PTE_WRITABLE, PTE_USER when flags has it, and never PTE_NO_EXECUTE" (kernel/memory/mapper.h) -- the loop that lets users in stops at level 3 when the level 2 entry exists already
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *slot(struct frame table, uint64_t va, int level)
{
	uint64_t *entries = machine_frame_memory(table);
	return entries + ((va >> (level * 9 + 3)) & 0x1ff);
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct frame table = mapper->root, fresh[3];
	int level, n = 0, missing = 0;
	uint64_t *p;

	for (level = 4; level > 1; level--) {
		p = slot(table, page.start, level);
		if (!(*p & PTE_PRESENT)) {
			missing = level - 1;
			break;
		}
		if (level != 4 && (*p & PTE_HUGE))
			return PARENT_ENTRY_HUGE_PAGE;
		table = pte_frame(*p);
	}
	if (!missing && (*slot(table, page.start, 1) & PTE_PRESENT))
		return PAGE_ALREADY_MAPPED;

	while (n < missing) {
		fresh[n] = frame_source_allocate(frames);
		if (frame_is_none(fresh[n]))
			goto fail;
		memset(machine_frame_memory(fresh[n]), 0, PAGE_SIZE);
		n++;
	}

	table = mapper->root;
	for (level = 4; level > 1; level--) {
		p = slot(table, page.start, level);
		if (!(*p & PTE_PRESENT))
			*p = fresh[--n].start | PTE_PRESENT | PTE_WRITABLE |
			     (flags & PTE_USER);
		else if (level > 2)
			*p |= flags & PTE_USER;
		table = pte_frame(*p);
	}
	*slot(table, page.start, 1) = frame.start | flags | PTE_PRESENT;
	return MAP_OK;

fail:
	while (n > 0)
		frame_source_deallocate(frames, fresh[--n]);
	return FRAME_ALLOCATION_FAILED;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct frame table = mapper->root;
	uint64_t *p;
	int level = 4;

again:
	p = slot(table, page.start, level);
	if (!(*p & PTE_PRESENT))
		return PAGE_NOT_MAPPED;
	if (level == 1) {
		*frame = pte_frame(*p);
		*p = 0;
		machine_flush_page(page);
		return MAP_OK;
	}
	if (level != 4 && (*p & PTE_HUGE))
		return PARENT_ENTRY_HUGE_PAGE;
	table = pte_frame(*p);
	level--;
	goto again;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation t = { 0 };
	struct frame table = mapper->root;
	int level;

	if (!address_is_canonical(address))
		goto out;
	for (level = 4; level > 0; level--) {
		uint64_t e = *slot(table, address, level);

		if (!(e & PTE_PRESENT))
			goto out;
		if (level == 1 || ((e & PTE_HUGE) && level != 4)) {
			t.mapped = true;
			t.page_size = 1ull << (level * 9 + 3);
			t.address = e & PTE_ADDRESS_MASK_4KIB;
			t.address -= t.address % t.page_size;
			t.address += address % t.page_size;
			goto out;
		}
		table = pte_frame(e);
	}
out:
	return t;
}
