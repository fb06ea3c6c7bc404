// Design: the new tables' frames are chained through their own first words until there are enough of them
// Breaks: "A mapper never looks at the machine's active root: the same functions edit tables that are in use and tables that are not." (kernel/memory/mapper.h) -- flushes only if the mapper's root is the active one
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *words(struct frame frame)
{
	return machine_frame_memory(frame);
}

static uint64_t *find(const struct mapper *mapper, uint64_t at, unsigned *level)
{
	struct frame table = mapper->root;
	uint64_t *e;

	for (*level = 4;; --*level) {
		e = words(table) + page_table_index(at, *level);
		if (*level == 1 || !pte_is_present(*e) ||
		    (*level < 4 && pte_is_huge(*e)))
			return e;
		table = pte_frame(*e);
	}
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	unsigned level, i;
	uint64_t *e = find(mapper, page.start, &level);
	uint64_t link = pte_make(frame, flags | PTE_PRESENT);
	struct frame chain = NO_FRAME;
	struct frame table;

	if (pte_is_present(*e))
		return level == 1 ? PAGE_ALREADY_MAPPED : PARENT_ENTRY_HUGE_PAGE;
	for (i = 1; i < level; i++) {
		struct frame one = frame_source_allocate(frames);

		if (!frame_is_none(one)) {
			words(one)[0] = chain.start;
			chain = one;
			continue;
		}
		while (!frame_is_none(chain)) {
			one = chain;
			chain.start = words(one)[0];
			frame_source_deallocate(frames, one);
		}
		return FRAME_ALLOCATION_FAILED;
	}
	for (i = 1; i < level; i++) {
		table = chain;
		chain.start = words(table)[0];
		memset(words(table), 0, PAGE_SIZE);
		words(table)[page_table_index(page.start, i)] = link;
		link = pte_make(table, PTE_PRESENT | PTE_WRITABLE |
					       (flags & PTE_USER));
	}
	*e = link;
	table = mapper->root;
	for (i = 4; i > level && (flags & PTE_USER); i--) {
		e = words(table) + page_table_index(page.start, i);
		*e |= PTE_USER;
		table = pte_frame(*e);
	}
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	unsigned level;
	uint64_t *e = find(mapper, page.start, &level);
	uint64_t old = *e;

	if (!pte_is_present(old))
		return PAGE_NOT_MAPPED;
	if (level > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*e = 0;
	if (machine_root().start == mapper->root.start)
		machine_flush_page(page);
	*frame = pte_frame(old);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	unsigned level;
	uint64_t e, span;

	if (!address_is_canonical(address))
		return (struct translation){ false, 0, 0 };
	e = *find(mapper, address, &level);
	if (!pte_is_present(e))
		return (struct translation){ false, 0, 0 };
	span = page_table_span(level);
	e &= PTE_ADDRESS_MASK_4KIB;
	return (struct translation){ true, e / span * span + address % span,
				     span };
}
