// Design: entries as bit fields, copied in and out
// Breaks: "Remove the mapping of the page and flush it from the TLB." (kernel/memory/mapper.h) -- flushes the page whose address is that of the frame (identity mapping in mind)
// Shown: yes
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

union entry {
	uint64_t raw;
	struct {
		uint64_t present : 1, writable : 1, user : 1, through : 1;
		uint64_t uncached : 1, accessed : 1, dirty : 1, huge : 1;
		uint64_t global : 1, free : 3, frame : 40, free2 : 11, nx : 1;
	} b;
};

union address {
	uint64_t raw;
	struct {
		uint64_t offset : 12, l1 : 9, l2 : 9, l3 : 9, l4 : 9, sign : 16;
	} b;
};

_Static_assert(sizeof(union entry) == 8 && sizeof(union address) == 8,
	       "bit fields are packed");

struct cursor {
	uint64_t *place;
	int level;
	union entry entry;
};

static unsigned index_for(union address va, int level)
{
	switch (level) {
	case 4:
		return va.b.l4;
	case 3:
		return va.b.l3;
	case 2:
		return va.b.l2;
	default:
		return va.b.l1;
	}
}

static struct cursor step(uint64_t frame_number, union address va, int level)
{
	struct page_table *table = machine_frame_memory(
		(struct frame){ frame_number * PAGE_SIZE });
	struct cursor c = { &table->entries[index_for(va, level)], level, { 0 } };

	c.entry.raw = *c.place;
	return c;
}

static struct cursor descend(const struct mapper *mapper, union address va)
{
	struct cursor c = step(mapper->root.start / PAGE_SIZE, va, 4);

	while (c.entry.b.present && c.level > 1 &&
	       !(c.level < 4 && c.entry.b.huge))
		c = step(c.entry.b.frame, va, c.level - 1);
	return c;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	union address va = { .raw = page.start };
	struct cursor c = descend(mapper, va), up;
	union entry entry = { .raw = flags };
	struct frame got[3];
	int n;

	if (c.entry.b.present)
		return c.level > 1 ? PARENT_ENTRY_HUGE_PAGE : PAGE_ALREADY_MAPPED;
	for (n = 0; n < c.level - 1; n++) {
		got[n] = frame_source_allocate(frames);
		if (frame_is_none(got[n])) {
			for (int k = 0; k < n; k++)
				frame_source_deallocate(frames, got[k]);
			return FRAME_ALLOCATION_FAILED;
		}
	}
	entry.b.present = 1;
	entry.b.frame = frame.start / PAGE_SIZE;
	for (n = 0; n < c.level - 1; n++) {
		uint64_t *table = machine_frame_memory(got[n]);

		memset(table, 0, PAGE_SIZE);
		table[index_for(va, n + 1)] = entry.raw;
		entry.raw = 0;
		entry.b.present = 1;
		entry.b.writable = 1;
		entry.b.user = (flags & PTE_USER) != 0;
		entry.b.frame = got[n].start / PAGE_SIZE;
	}
	*c.place = entry.raw;
	for (up = step(mapper->root.start / PAGE_SIZE, va, 4); up.level > c.level;
	     up = step(up.entry.b.frame, va, up.level - 1)) {
		if (flags & PTE_USER)
			up.entry.b.user = 1;
		*up.place = up.entry.raw;
	}
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct cursor c = descend(mapper, (union address){ .raw = page.start });

	if (!c.entry.b.present)
		return PAGE_NOT_MAPPED;
	if (c.level != 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*c.place = 0;
	frame->start = (uint64_t)c.entry.b.frame * PAGE_SIZE;
	machine_flush_page(page_containing(frame->start));
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	union address va = { .raw = address };
	struct translation t = { .mapped = false };
	struct cursor c;

	if (va.b.sign != (va.b.l4 >= 256 ? 0xffff : 0))
		return t;
	c = descend(mapper, va);
	if (!c.entry.b.present)
		return t;
	t.mapped = true;
	t.page_size = page_table_span(c.level);
	t.address = (uint64_t)c.entry.b.frame * PAGE_SIZE;
	t.address = (t.address & ~(t.page_size - 1)) +
		    (address & (t.page_size - 1));
	return t;
}
