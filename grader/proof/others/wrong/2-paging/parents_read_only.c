// Design: an array of the four indices first, levels counted from the top (0 is the root)
// Breaks: "every entry that leads to a table carries PTE_PRESENT and PTE_WRITABLE, PTE_USER when flags has it, and never PTE_NO_EXECUTE" (kernel/memory/mapper.h) -- the level 2 entry of a new table is writable only if the page is
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct indices {
	uint16_t at[4];
};

static struct indices split(uint64_t address)
{
	struct indices i;

	address >>= 12;
	for (int n = 3; n >= 0; n--) {
		i.at[n] = address % 512;
		address /= 512;
	}
	return i;
}

/* How many entries lead on from the root, and where the next one is. */
static int reach(struct frame table, const struct indices *i, uint64_t **entry)
{
	int depth = 0;

	for (;;) {
		*entry = (uint64_t *)machine_frame_memory(table) + i->at[depth];
		if (depth == 3 || !(**entry & PTE_PRESENT) ||
		    (depth > 0 && **entry & PTE_HUGE))
			return depth;
		table = pte_frame(**entry);
		depth++;
	}
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	static const uint64_t zeroes[512];
	const struct indices i = split(page.start);
	uint64_t *top, *entry;
	const int depth = reach(mapper->root, &i, &top);
	struct frame table[4];
	struct frame walk = mapper->root;
	int n;

	if (*top & PTE_PRESENT)
		return depth < 3 ? PARENT_ENTRY_HUGE_PAGE : PAGE_ALREADY_MAPPED;
	for (n = 3; n > depth; n--) {
		table[n] = frame_source_allocate(frames);
		if (frame_is_none(table[n]))
			break;
		memcpy(machine_frame_memory(table[n]), zeroes, sizeof zeroes);
	}
	if (n > depth) {
		while (++n <= 3)
			frame_source_deallocate(frames, table[n]);
		return FRAME_ALLOCATION_FAILED;
	}
	for (n = 0; n < depth; n++) {
		entry = (uint64_t *)machine_frame_memory(walk) + i.at[n];
		*entry |= PTE_WRITABLE | (flags & PTE_USER);
		*entry &= ~PTE_NO_EXECUTE;
		walk = pte_frame(*entry);
	}
	for (n = 3; n >= depth; n--) {
		entry = n == depth ? top :
				     (uint64_t *)machine_frame_memory(table[n]) +
					     i.at[n];
		*entry = n == 3 ? frame.start | flags | PTE_PRESENT :
				  table[n + 1].start | PTE_PRESENT |
					  (n == 2 ? flags & PTE_WRITABLE :
						    PTE_WRITABLE) |
					  (flags & PTE_USER);
	}
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	const struct indices i = split(page.start);
	uint64_t *entry;
	const int depth = reach(mapper->root, &i, &entry);

	if ((*entry & PTE_PRESENT) == 0)
		return PAGE_NOT_MAPPED;
	if (depth != 3)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = frame_containing(*entry & ~PTE_NO_EXECUTE &
				  PTE_ADDRESS_MASK_4KIB);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	static const uint64_t sizes[] = { 0, PAGE_SIZE_1GIB, PAGE_SIZE_2MIB,
					  PAGE_SIZE };
	const struct indices i = split(address);
	uint64_t *entry, size;

	if (!address_is_canonical(address))
		return (struct translation){ .mapped = false };
	size = sizes[reach(mapper->root, &i, &entry)];
	if ((*entry & PTE_PRESENT) == 0)
		return (struct translation){ .mapped = false };
	return (struct translation){
		.mapped = true,
		.address = (*entry & PTE_ADDRESS_MASK_4KIB) / size * size +
			   address % size,
		.page_size = size,
	};
}
