// Design: a table that describes the levels (shift, size, mask, may be huge, may end)
// Breaks: "every entry that leads to a table carries PTE_PRESENT and PTE_WRITABLE, PTE_USER when flags has it, and never PTE_NO_EXECUTE" (kernel/memory/mapper.h) -- tables get all flags of the page but PTE_NO_EXECUTE; with bit 7 among them (PAT) a table becomes a huge page
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct level {
	unsigned shift;
	uint64_t mask;
	bool may_map; /* with PTE_HUGE */
	bool last;
};

static const struct level levels[] = {
	{ 39, 0, false, false },
	{ 30, PTE_ADDRESS_MASK_1GIB, true, false },
	{ 21, PTE_ADDRESS_MASK_2MIB, true, false },
	{ 12, PTE_ADDRESS_MASK_4KIB, false, true },
};
enum { LEVELS = sizeof(levels) / sizeof(levels[0]) };

static uint64_t *entry_of(const struct level *l, struct frame table, uint64_t va)
{
	struct page_table *t = machine_frame_memory(table);

	return &t->entries[va >> l->shift & (PAGE_TABLE_ENTRIES - 1)];
}

static bool maps(const struct level *l, uint64_t e)
{
	return l->last || (l->may_map && pte_is_huge(e));
}

/* The entries on the path; how many there are. */
static int path(struct frame table, uint64_t va, uint64_t *entries[LEVELS])
{
	int n = 0;

	while (n < LEVELS) {
		const struct level *l = &levels[n];
		uint64_t *e = entry_of(l, table, va);

		entries[n++] = e;
		if (!pte_is_present(*e) || maps(l, *e))
			break;
		table = pte_frame(*e);
	}
	return n;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t *entries[LEVELS];
	struct frame fresh[LEVELS];
	int n = path(mapper->root, page.start, entries);
	int i;

	if (pte_is_present(*entries[n - 1]))
		return n == LEVELS ? PAGE_ALREADY_MAPPED : PARENT_ENTRY_HUGE_PAGE;
	for (i = n; i < LEVELS; i++) {
		fresh[i] = frame_source_allocate(frames);
		if (frame_is_none(fresh[i])) {
			while (--i >= n)
				frame_source_deallocate(frames, fresh[i]);
			return FRAME_ALLOCATION_FAILED;
		}
		memset(machine_frame_memory(fresh[i]), 0, PAGE_SIZE);
		entries[i] = entry_of(&levels[i], fresh[i], page.start);
	}
	*entries[LEVELS - 1] = pte_make(frame, flags | PTE_PRESENT);
	for (i = LEVELS - 2; i >= 0; i--) {
		uint64_t e = i < n - 1 ? *entries[i] :
					 pte_make(fresh[i + 1], PTE_PRESENT);

		*entries[i] = e | PTE_WRITABLE | (flags & ~PTE_NO_EXECUTE);
	}
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t *entries[LEVELS];
	int n = path(mapper->root, page.start, entries);
	uint64_t *e = entries[n - 1];

	if (!pte_is_present(*e))
		return PAGE_NOT_MAPPED;
	if (n < LEVELS)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*e);
	*e = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	uint64_t *entries[LEVELS];
	const struct level *l;
	uint64_t size;
	int n;

	if (!address_is_canonical(address))
		return (struct translation){ 0 };
	n = path(mapper->root, address, entries);
	if (!pte_is_present(*entries[n - 1]))
		return (struct translation){ 0 };
	l = &levels[n - 1];
	size = 1ull << l->shift;
	return (struct translation){
		.mapped = true,
		.page_size = size,
		.address = (*entries[n - 1] & l->mask) | (address & (size - 1)),
	};
}
