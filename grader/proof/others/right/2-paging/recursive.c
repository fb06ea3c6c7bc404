// Design: recursion: a level that is missing is built below a detached table, and linked when all below it is there
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct order {
	uint64_t at;
	uint64_t entry;
	uint64_t parent;
	struct frame_source *frames;
};

static enum map_result place(uint64_t *table, unsigned level,
			     const struct order *o)
{
	uint64_t *e = &table[page_table_index(o->at, level)];
	enum map_result result;
	struct frame fresh;

	if (level == 1) {
		if (pte_is_present(*e))
			return PAGE_ALREADY_MAPPED;
		*e = o->entry;
		return MAP_OK;
	}
	if (pte_is_present(*e)) {
		if (level < 4 && pte_is_huge(*e))
			return PARENT_ENTRY_HUGE_PAGE;
		result = place(machine_frame_memory(pte_frame(*e)), level - 1, o);
		if (result == MAP_OK)
			*e |= o->parent;
		return result;
	}
	fresh = frame_source_allocate(o->frames);
	if (frame_is_none(fresh))
		return FRAME_ALLOCATION_FAILED;
	memset(machine_frame_memory(fresh), 0, PAGE_SIZE);
	result = place(machine_frame_memory(fresh), level - 1, o);
	if (result == MAP_OK)
		*e = pte_make(fresh, o->parent);
	else
		frame_source_deallocate(o->frames, fresh);
	return result;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct order o = { page.start, pte_make(frame, flags | PTE_PRESENT),
			   PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER),
			   frames };

	return place(machine_frame_memory(mapper->root), 4, &o);
}

static enum map_result take(uint64_t *table, unsigned level, struct page page,
			    struct frame *frame)
{
	uint64_t *e = &table[page_table_index(page.start, level)];

	if (!pte_is_present(*e))
		return PAGE_NOT_MAPPED;
	if (level == 1) {
		*frame = pte_frame(*e);
		*e = 0;
		machine_flush_page(page);
		return MAP_OK;
	}
	if (level != 4 && pte_is_huge(*e))
		return PARENT_ENTRY_HUGE_PAGE;
	return take(machine_frame_memory(pte_frame(*e)), level - 1, page, frame);
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	return take(machine_frame_memory(mapper->root), 4, page, frame);
}

static struct translation find(const uint64_t *table, unsigned level,
			       uint64_t address)
{
	uint64_t e = table[page_table_index(address, level)];
	uint64_t span = page_table_span(level);

	if (!pte_is_present(e))
		return (struct translation){ false, 0, 0 };
	if (level == 1 || (level != 4 && pte_is_huge(e)))
		return (struct translation){
			true,
			(e & PTE_ADDRESS_MASK_4KIB & ~(span - 1)) +
				(address & (span - 1)),
			span
		};
	return find(machine_frame_memory(pte_frame(e)), level - 1, address);
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	if (!address_is_canonical(address))
		return (struct translation){ false, 0, 0 };
	return find(machine_frame_memory(mapper->root), 4, address);
}
