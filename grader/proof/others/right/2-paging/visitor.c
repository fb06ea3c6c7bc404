// Design: a walk with a callback (function pointers) that may stop it
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct visit;
typedef bool (*visitor)(struct visit *visit, uint64_t *entry, unsigned level);

struct visit {
	visitor each;
	uint64_t address;
	uint64_t *last;
	unsigned level;
	uint64_t add;
};

static void walk(struct frame table, struct visit *v)
{
	for (unsigned level = 4; level >= 1; level--) {
		struct page_table *t = machine_frame_memory(table);
		uint64_t *e = &t->entries[page_table_index(v->address, level)];

		v->last = e;
		v->level = level;
		if (!v->each(v, e, level))
			return;
		table = pte_frame(*e);
	}
}

static bool is_table(struct visit *v, uint64_t *e, unsigned level)
{
	(void)v;
	return pte_is_present(*e) && level > 1 && (level == 4 || !pte_is_huge(*e));
}

static bool widen(struct visit *v, uint64_t *e, unsigned level)
{
	if (level == 1)
		return false;
	*e |= v->add;
	return true;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct visit v = { .each = is_table, .address = page.start };
	struct frame f[3];
	uint64_t *last;
	unsigned level;

	walk(mapper->root, &v);
	last = v.last;
	level = v.level;
	if (pte_is_present(*last))
		return level == 1 ? PAGE_ALREADY_MAPPED : PARENT_ENTRY_HUGE_PAGE;
	for (unsigned i = 0; i + 1 < level; i++) {
		f[i] = frame_source_allocate(frames);
		if (!frame_is_none(f[i]))
			continue;
		while (i > 0)
			frame_source_deallocate(frames, f[--i]);
		return FRAME_ALLOCATION_FAILED;
	}
	/* Empty tables, one in the other; then the path is there. */
	for (unsigned i = 0; i + 1 < level; i++) {
		struct page_table *t = machine_frame_memory(f[i]);

		memset(t, 0, sizeof *t);
		if (i > 0)
			t->entries[page_table_index(page.start, i + 1)] = pte_make(
				f[i - 1], PTE_PRESENT | PTE_WRITABLE);
	}
	if (level > 1)
		*last = pte_make(f[level - 2], PTE_PRESENT | PTE_WRITABLE);
	v.each = widen;
	v.add = PTE_WRITABLE | (flags & PTE_USER);
	walk(mapper->root, &v);
	*v.last = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct visit v = { .each = is_table, .address = page.start };

	walk(mapper->root, &v);
	if (!pte_is_present(*v.last))
		return PAGE_NOT_MAPPED;
	if (v.level != 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*v.last);
	*v.last = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct visit v = { .each = is_table, .address = address };
	struct translation t = { 0 };

	if (address_is_canonical(address)) {
		walk(mapper->root, &v);
		if (pte_is_present(*v.last)) {
			t.mapped = true;
			t.page_size = page_table_span(v.level);
			t.address = (pte_frame(*v.last).start &
				     -t.page_size) |
				    (address & ~-t.page_size);
		}
	}
	return t;
}
