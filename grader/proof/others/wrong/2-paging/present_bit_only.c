// Design: as short as it goes
// Breaks: "Remove the mapping of the page" and "Map the page to the frame." (kernel/memory/mapper.h) -- unmap clears PTE_PRESENT only, and map_to ORs the new entry into the old: the second frame of a page is mixed with its first
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

static uint64_t *go(struct frame t, uint64_t a, unsigned *l, uint64_t stop)
{
	uint64_t *e;
	for (*l = 4;; --*l, t = pte_frame(*e)) {
		e = (uint64_t *)machine_frame_memory(t) + page_table_index(a, *l);
		if (*l == stop || !(*e & 1) || *l == 1 || (*l < 4 && *e & PTE_HUGE))
			return e;
	}
}

enum map_result map_to(const struct mapper *m, struct page p, struct frame f,
		       uint64_t flags, struct frame_source *s)
{
	unsigned l, n = 0, k;
	uint64_t *e = go(m->root, p.start, &l, 0);
	struct frame t[3];

	if (*e & 1)
		return l == 1 ? PAGE_ALREADY_MAPPED : PARENT_ENTRY_HUGE_PAGE;
	for (; n < l - 1; n++)
		if (frame_is_none(t[n] = s->allocate(s))) {
			while (n)
				s->deallocate(s, t[--n]);
			return FRAME_ALLOCATION_FAILED;
		}
	while (n) {
		memset(machine_frame_memory(t[--n]), 0, PAGE_SIZE);
		*e = t[n].start | 3;
		e = go(m->root, p.start, &k, 0);
	}
	for (k = 4; k > 1; k--)
		*go(m->root, p.start, &l, k) |= flags & PTE_USER;
	*e |= f.start | flags | 1;
	return MAP_OK;
}

enum map_result unmap(const struct mapper *m, struct page p, struct frame *f)
{
	unsigned l;
	uint64_t *e = go(m->root, p.start, &l, 0);

	if (!(*e & 1))
		return PAGE_NOT_MAPPED;
	if (l > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*f = pte_frame(*e);
	*e &= ~1ull;
	machine_flush_page(p);
	return MAP_OK;
}

struct translation translate(const struct mapper *m, uint64_t a)
{
	unsigned l;
	uint64_t e = address_is_canonical(a) ? *go(m->root, a, &l, 0) : 0;

	if (!(e & 1))
		return (struct translation){ 0 };
	uint64_t z = page_table_span(l) - 1;
	return (struct translation){ 1, (pte_frame(e).start & ~z) | (a & z), z + 1 };
}
