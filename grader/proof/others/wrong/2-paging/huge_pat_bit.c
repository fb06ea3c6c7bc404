// Design: switch with fall-through over what is missing
// Breaks: "Find the physical address behind any 64-bit virtual address, through pages of 4 KiB, 2 MiB and 1 GiB." (kernel/memory/mapper.h) -- a 2 MiB page's address is read with the 4 KiB mask, so bit 12 (PAT) of its entry gets into the address
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *in(uint64_t table, uint64_t va, unsigned level)
{
	return (uint64_t *)machine_frame_memory(
		       (struct frame){ table & PTE_ADDRESS_MASK_4KIB }) +
	       page_table_index(va, level);
}

static uint64_t hang(uint64_t *where, struct frame frame, uint64_t user)
{
	return *where = frame.start | PTE_PRESENT | PTE_WRITABLE | user;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t va = page.start, user = flags & PTE_USER;
	uint64_t *e4 = in(mapper->root.start, va, 4), *e3 = 0, *e2 = 0, *e1 = 0;
	struct frame a = NO_FRAME, b = NO_FRAME, c = NO_FRAME;
	int missing = 3;

	if (*e4 & PTE_PRESENT) {
		e3 = in(*e4, va, 3);
		missing = 2;
		if (*e3 & PTE_PRESENT) {
			if (*e3 & PTE_HUGE)
				return PARENT_ENTRY_HUGE_PAGE;
			e2 = in(*e3, va, 2);
			missing = 1;
			if (*e2 & PTE_PRESENT) {
				if (*e2 & PTE_HUGE)
					return PARENT_ENTRY_HUGE_PAGE;
				e1 = in(*e2, va, 1);
				missing = 0;
				if (*e1 & PTE_PRESENT)
					return PAGE_ALREADY_MAPPED;
			}
		}
	}
	switch (missing) {
	case 3:
		if (frame_is_none(a = frame_source_allocate(frames)))
			return FRAME_ALLOCATION_FAILED;
		__attribute__((fallthrough));
	case 2:
		if (frame_is_none(b = frame_source_allocate(frames))) {
			if (!frame_is_none(a))
				frame_source_deallocate(frames, a);
			return FRAME_ALLOCATION_FAILED;
		}
		__attribute__((fallthrough));
	case 1:
		if (frame_is_none(c = frame_source_allocate(frames))) {
			if (!frame_is_none(b))
				frame_source_deallocate(frames, b);
			if (!frame_is_none(a))
				frame_source_deallocate(frames, a);
			return FRAME_ALLOCATION_FAILED;
		}
		memset(machine_frame_memory(c), 0, PAGE_SIZE);
	}
	if (missing >= 2)
		memset(machine_frame_memory(b), 0, PAGE_SIZE);
	if (missing >= 3)
		memset(machine_frame_memory(a), 0, PAGE_SIZE);
	switch (missing) {
	case 3:
		hang(e4, a, user);
		e3 = in(*e4, va, 3);
		__attribute__((fallthrough));
	case 2:
		hang(e3, b, user);
		e2 = in(*e3, va, 2);
		__attribute__((fallthrough));
	case 1:
		hang(e2, c, user);
		e1 = in(*e2, va, 1);
	}
	*e4 |= user;
	*e3 |= user;
	*e2 |= user;
	*e1 = frame.start | flags | PTE_PRESENT;
	return MAP_OK;
}

/* 0: nothing there; else the level of the entry that maps, through *e. */
static unsigned leaf(const struct mapper *mapper, uint64_t va, uint64_t **e)
{
	unsigned level = 5;
	uint64_t table = mapper->root.start;

	while (--level) {
		*e = in(table, va, level);
		table = **e;
		if (!(table & PTE_PRESENT))
			return 0;
		switch (level) {
		case 3:
		case 2:
			if (table & PTE_HUGE)
				return level;
			break;
		case 1:
			return 1;
		}
	}
	return 0;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t *e;

	switch (leaf(mapper, page.start, &e)) {
	case 0:
		return PAGE_NOT_MAPPED;
	case 1:
		*frame = pte_frame(*e);
		*e = 0;
		machine_flush_page(page);
		return MAP_OK;
	default:
		return PARENT_ENTRY_HUGE_PAGE;
	}
}

struct translation translate(const struct mapper *mapper, uint64_t va)
{
	uint64_t *e;

	if (address_is_canonical(va))
		switch (leaf(mapper, va, &e)) {
		case 1:
			return (struct translation){
				1, (*e & PTE_ADDRESS_MASK_4KIB) | va % PAGE_SIZE,
				PAGE_SIZE
			};
		case 2:
			return (struct translation){
				1,
				(*e & PTE_ADDRESS_MASK_4KIB) | va % PAGE_SIZE_2MIB,
				PAGE_SIZE_2MIB
			};
		case 3:
			return (struct translation){
				1,
				(*e & PTE_ADDRESS_MASK_1GIB) | va % PAGE_SIZE_1GIB,
				PAGE_SIZE_1GIB
			};
		}
	return (struct translation){ 0, 0, 0 };
}
