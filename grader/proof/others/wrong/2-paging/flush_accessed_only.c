// Design: recursion by halving spans in place of indices: the index is (address - base) / span
// Breaks: "Remove the mapping of the page and flush it from the TLB." (kernel/memory/mapper.h) -- flushes only if the processor has set PTE_ACCESSED in the entry, which it does not do where the bit was set or the TLB filled otherwise
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *child(struct frame table, uint64_t low48, uint64_t span)
{
	uint64_t *entries = machine_frame_memory(table);

	return &entries[low48 / span];
}

static enum map_result down(struct frame table, uint64_t low48, uint64_t span,
			    uint64_t **leaf, uint64_t *size)
{
	uint64_t *e = child(table, low48, span);

	*leaf = e;
	*size = span;
	if (!pte_is_present(*e))
		return PAGE_NOT_MAPPED;
	if (span == PAGE_SIZE)
		return PAGE_ALREADY_MAPPED;
	if (span <= PAGE_SIZE_1GIB && pte_is_huge(*e))
		return PARENT_ENTRY_HUGE_PAGE;
	return down(pte_frame(*e), low48 % span, span / 512, leaf, size);
}

#define ROOT_SPAN (512 * PAGE_SIZE_1GIB)
#define LOW48(a) ((a) % (512 * ROOT_SPAN))

static void let_users_in(struct frame table, uint64_t low48, uint64_t span)
{
	if (span > PAGE_SIZE) {
		uint64_t *e = child(table, low48, span);

		let_users_in(pte_frame(*e), low48 % span, span / 512);
		*e |= PTE_USER;
	}
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t *e, span, value, s;
	enum map_result found = down(mapper->root, LOW48(page.start), ROOT_SPAN,
				     &e, &span);
	struct frame f[3];
	int n = 0;

	if (found != PAGE_NOT_MAPPED)
		return found;
	for (s = span; s > PAGE_SIZE; s /= 512) {
		f[n] = frame_source_allocate(frames);
		if (frame_is_none(f[n])) {
			while (n--)
				frame_source_deallocate(frames, f[n]);
			return FRAME_ALLOCATION_FAILED;
		}
		n++;
	}
	value = pte_make(frame, flags | PTE_PRESENT);
	for (s = PAGE_SIZE; s < span; s *= 512) {
		n--;
		memset(machine_frame_memory(f[n]), 0, PAGE_SIZE);
		*child(f[n], page.start % (512 * s), s) = value;
		value = pte_make(f[n], PTE_PRESENT | PTE_WRITABLE);
	}
	*e = value;
	if (flags & PTE_USER)
		let_users_in(mapper->root, LOW48(page.start), ROOT_SPAN);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t *e, span;
	enum map_result found = down(mapper->root, LOW48(page.start), ROOT_SPAN,
				     &e, &span);

	if (found != PAGE_ALREADY_MAPPED)
		return found;
	bool seen = *e & PTE_ACCESSED; /* else the TLB cannot hold it */

	*frame = pte_frame(*e);
	*e = 0;
	if (seen)
		machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	uint64_t *e, span;

	if (!address_is_canonical(address) ||
	    down(mapper->root, LOW48(address), ROOT_SPAN, &e, &span) ==
		    PAGE_NOT_MAPPED)
		return (struct translation){ .mapped = false };
	return (struct translation){
		.mapped = true,
		.address = (*e & PTE_ADDRESS_MASK_4KIB) / span * span +
			   address % span,
		.page_size = span,
	};
}
