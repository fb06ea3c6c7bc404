// Design: four levels written out, nothing shared between the functions
// Breaks: "PARENT_ENTRY_HUGE_PAGE when the page lies inside a huge page; on an error nothing has changed" (kernel/memory/mapper.h) -- unmap does not look for a 1 GiB page, and follows its entry as if it led to a table
// Shown: yes
#include "memory/mapper.h"

#include <stddef.h>

#include "lib/string.h"
#include "machine.h"

#define T(entry) ((uint64_t *)machine_frame_memory(pte_frame(entry)))

static uint64_t new_table(struct frame frame)
{
	memset(machine_frame_memory(frame), 0, PAGE_SIZE);
	return frame.start | PTE_PRESENT | PTE_WRITABLE;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t va = page.start;
	unsigned i4 = va >> 39 & 511, i3 = va >> 30 & 511;
	unsigned i2 = va >> 21 & 511, i1 = va >> 12 & 511;
	uint64_t *p4 = machine_frame_memory(mapper->root);
	uint64_t *p3 = NULL, *p2 = NULL, *p1 = NULL;
	struct frame f3 = NO_FRAME, f2 = NO_FRAME, f1 = NO_FRAME;
	uint64_t user = flags & PTE_USER;

	if (p4[i4] & PTE_PRESENT)
		p3 = T(p4[i4]);
	if (p3 && p3[i3] & PTE_PRESENT) {
		if (p3[i3] & PTE_HUGE)
			return PARENT_ENTRY_HUGE_PAGE;
		p2 = T(p3[i3]);
	}
	if (p2 && p2[i2] & PTE_PRESENT) {
		if (p2[i2] & PTE_HUGE)
			return PARENT_ENTRY_HUGE_PAGE;
		p1 = T(p2[i2]);
	}
	if (p1 && p1[i1] & PTE_PRESENT)
		return PAGE_ALREADY_MAPPED;

	if (!p3) {
		f3 = frame_source_allocate(frames);
		if (frame_is_none(f3))
			return FRAME_ALLOCATION_FAILED;
	}
	if (!p2) {
		f2 = frame_source_allocate(frames);
		if (frame_is_none(f2)) {
			if (!p3)
				frame_source_deallocate(frames, f3);
			return FRAME_ALLOCATION_FAILED;
		}
	}
	if (!p1) {
		f1 = frame_source_allocate(frames);
		if (frame_is_none(f1)) {
			if (!p2)
				frame_source_deallocate(frames, f2);
			if (!p3)
				frame_source_deallocate(frames, f3);
			return FRAME_ALLOCATION_FAILED;
		}
	}

	if (!p3) {
		uint64_t e = new_table(f3);
		p3 = T(e);
		p4[i4] = e;
	}
	if (!p2) {
		uint64_t e = new_table(f2);
		p2 = T(e);
		p3[i3] = e;
	}
	if (!p1) {
		uint64_t e = new_table(f1);
		p1 = T(e);
		p2[i2] = e;
	}
	p4[i4] |= user;
	p3[i3] |= user;
	p2[i2] |= user;
	p1[i1] = frame.start | flags | PTE_PRESENT;
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t va)
{
	struct translation none = { false, 0, 0 };
	uint64_t e;

	if (!address_is_canonical(va))
		return none;
	e = ((uint64_t *)machine_frame_memory(mapper->root))[va >> 39 & 511];
	if (!(e & PTE_PRESENT))
		return none;
	e = T(e)[va >> 30 & 511];
	if (!(e & PTE_PRESENT))
		return none;
	if (e & PTE_HUGE)
		return (struct translation){
			true,
			(e & PTE_ADDRESS_MASK_1GIB) + (va & (PAGE_SIZE_1GIB - 1)),
			PAGE_SIZE_1GIB
		};
	e = T(e)[va >> 21 & 511];
	if (!(e & PTE_PRESENT))
		return none;
	if (e & PTE_HUGE)
		return (struct translation){
			true,
			(e & PTE_ADDRESS_MASK_2MIB) + (va & (PAGE_SIZE_2MIB - 1)),
			PAGE_SIZE_2MIB
		};
	e = T(e)[va >> 12 & 511];
	if (!(e & PTE_PRESENT))
		return none;
	return (struct translation){
		true, (e & PTE_ADDRESS_MASK_4KIB) + (va & (PAGE_SIZE - 1)), PAGE_SIZE
	};
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t va = page.start;
	uint64_t *p = machine_frame_memory(mapper->root);

	p += va >> 39 & 511;
	if (!(*p & PTE_PRESENT))
		return PAGE_NOT_MAPPED;
	p = T(*p) + (va >> 30 & 511);
	if (!(*p & PTE_PRESENT))
		return PAGE_NOT_MAPPED;
	p = T(*p) + (va >> 21 & 511);
	if (!(*p & PTE_PRESENT))
		return PAGE_NOT_MAPPED;
	if (*p & PTE_HUGE)
		return PARENT_ENTRY_HUGE_PAGE;
	p = T(*p) + (va >> 12 & 511);
	if (!(*p & PTE_PRESENT))
		return PAGE_NOT_MAPPED;
	frame->start = *p & PTE_ADDRESS_MASK_4KIB;
	*p = 0;
	machine_flush_page(page);
	return MAP_OK;
}
