// Design: the handout's walk: one index into areas, one into used ranges, list through the returned frames
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	size_t area, used;
	uint64_t next;
	struct frame back;
};

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *f = memory;

	*f = (struct frame_allocator){ info, 0, 0, PAGE_SIZE, NO_FRAME };
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	const struct boot_info *b = f->info;

	if (!frame_is_none(f->back)) {
		struct frame r = f->back;
		f->back = *(struct frame *)machine_frame_memory(r);
		return r;
	}
	for (; f->area < b->area_count; f->area++) {
		const struct memory_area *a = &b->areas[f->area];

		if (a->type != MEMORY_USABLE)
			continue;
		if (f->next < a->range.start) {
			f->next = page_boundary_above(a->range.start);
			if (!f->next) {
				f->area = b->area_count;
				return NO_FRAME;
			}
		}
		while (f->next < a->range.end &&
		       a->range.end - f->next >= PAGE_SIZE) {
			while (f->used < b->used_count &&
			       b->used[f->used].end <= f->next)
				f->used++;
			if (f->used == b->used_count ||
			    b->used[f->used].start > f->next + (PAGE_SIZE - 1)) {
				struct frame r = { f->next };
				f->next += PAGE_SIZE;
				return r;
			}
			f->next = page_boundary_above(b->used[f->used].end);
			if (!f->next) {
				f->area = b->area_count;
				return NO_FRAME;
			}
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(struct frame *)machine_frame_memory(frame) = f->back;
	f->back = frame;
}
