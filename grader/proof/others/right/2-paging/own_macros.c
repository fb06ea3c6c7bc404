// Design: everything by own macros, no helper of page_table.h
#include "memory/mapper.h"

#include "machine.h"

#define ENT(tbl, va, lv) ((tbl) + (((va) >> (12 + 9 * ((lv) - 1))) & 0x1ffull))
#define PTR(e) ((uint64_t *)machine_frame_memory((struct frame){ (e) & 0x000ffffffffff000ull }))
#define HERE(e) ((e) & 1)
#define BIG(e, lv) (((lv) == 2 || (lv) == 3) && ((e) >> 7 & 1))
#define DOWN(tbl, va, lv) PTR(*ENT(tbl, va, lv))
#define SIZE(lv) (1ull << (12 + 9 * ((lv) - 1)))
#define ROOT(m) ((uint64_t *)machine_frame_memory((m)->root))

#define WALK(tbl, lv, va)                                                   \
	while ((lv) > 1 && HERE(*ENT(tbl, va, lv)) &&                       \
	       !BIG(*ENT(tbl, va, lv), lv)) {                               \
		(tbl) = DOWN(tbl, va, lv);                                  \
		(lv)--;                                                     \
	}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t *t = ROOT(mapper), made[4], leaf = frame.start | flags | 1;
	int lv = 4, i;

	WALK(t, lv, page.start)
	if (HERE(*ENT(t, page.start, lv)))
		return lv > 1 ? PARENT_ENTRY_HUGE_PAGE : PAGE_ALREADY_MAPPED;

	/* made[k]: the table of level k */
	for (i = lv - 1; i >= 1; i--) {
		struct frame f = frames->allocate(frames);

		if (f.start == ~0ull) {
			for (i++; i < lv; i++)
				frames->deallocate(frames,
						   (struct frame){ made[i] });
			return FRAME_ALLOCATION_FAILED;
		}
		made[i] = f.start;
	}
	for (i = 1; i < lv; i++) {
		uint64_t *fresh = PTR(made[i]);

		for (int k = 0; k < 512; k++)
			fresh[k] = 0;
		*ENT(fresh, page.start, i) = leaf;
		leaf = made[i] | 3 | (flags & 4);
	}
	*ENT(t, page.start, lv) = leaf;
	if (flags & 4) {
		uint64_t *up = ROOT(mapper);

		for (i = 4; i > lv; i--) {
			*ENT(up, page.start, i) |= 4;
			up = DOWN(up, page.start, i);
		}
	}
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t *t = ROOT(mapper), *e;
	int lv = 4;

	WALK(t, lv, page.start)
	e = ENT(t, page.start, lv);
	if (!HERE(*e))
		return PAGE_NOT_MAPPED;
	if (lv != 1)
		return PARENT_ENTRY_HUGE_PAGE;
	frame->start = *e & 0x000ffffffffff000ull;
	*e = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation r = { 0, 0, 0 };
	uint64_t *t = ROOT(mapper);
	int64_t top = (int64_t)address >> 47;
	int lv = 4;

	if (top != 0 && top != -1)
		return r;
	WALK(t, lv, address)
	if (HERE(*ENT(t, address, lv))) {
		r.mapped = 1;
		r.page_size = SIZE(lv);
		r.address = (*ENT(t, address, lv) & 0x000ffffffffff000ull &
			     ~(SIZE(lv) - 1)) |
			    (address & (SIZE(lv) - 1));
	}
	return r;
}
