// Design: an array of indices, and the last table remembered
// Breaks: "the same functions edit tables that are in use and tables that are not" / "struct frame root; the level 4 table" (kernel/memory/mapper.h) -- the last level 1 table is kept between calls by address only; another mapper's page at the same address lands in the first one's table
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct indices {
	uint16_t at[4];
};

static uint64_t last_region;
static uint64_t *last_table;

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

	/* The same 2 MiB as before: no need to walk. */
	if (last_table && last_region == page.start >> 21 &&
	    !(flags & PTE_USER)) {
		if (last_table[i.at[3]] & PTE_PRESENT)
			return PAGE_ALREADY_MAPPED;
		last_table[i.at[3]] = frame.start | flags | PTE_PRESENT;
		return MAP_OK;
	}
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
		if (n == 3) {
			last_region = page.start >> 21;
			last_table = entry - i.at[3];
		}
		*entry = n == 3 ? frame.start | flags | PTE_PRESENT :
				  table[n + 1].start | PTE_PRESENT |
					  PTE_WRITABLE | (flags & PTE_USER);
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
