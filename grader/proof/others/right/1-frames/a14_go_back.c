// Design: as a walk, but a frame that was handed out last moves the walk back by one (walk kept per area, used searched anew)
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *b;
	uint64_t limit;		/* end of the present run of free frames */
	uint64_t next;		/* next frame of the run */
	uint64_t run;		/* where the run begins */
	uint64_t first;
	struct frame list;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *a = memory;

	a->b = info;
	a->run = a->limit = a->next = a->first = PAGE_SIZE;
	a->list = NO_FRAME;
	return a;
}

/* Find the first run at or above a->limit: [next, limit). */
static bool new_run(struct frame_allocator *a)
{
	const struct boot_info *b = a->b;

	for (size_t i = 0; i < b->area_count; i++) {
		uint64_t s = b->areas[i].range.start;
		uint64_t e = b->areas[i].range.end / PAGE_SIZE * PAGE_SIZE;

		if (b->areas[i].type != MEMORY_USABLE || e <= a->limit || s >= e)
			continue;
		s = page_boundary_above(s);
		if (s < a->limit)
			s = a->limit;
		for (size_t k = 0; k < b->used_count && s < e; k++) {
			if (b->used[k].end <= s)
				continue;
			if (b->used[k].start >= e)
				break;
			uint64_t us = frame_containing(b->used[k].start).start;
			if (us > s) {
				e = us;
				break;
			}
			s = b->used[k].end >= e ? e : page_boundary_above(b->used[k].end);
		}
		if (s < e) {
			a->run = a->next = s;
			a->limit = e;
			return true;
		}
	}
	return false;
}

struct frame frame_allocate(struct frame_allocator *a)
{
	if (!frame_is_none(a->list)) {
		struct frame f = a->list;
		a->list = *(struct frame *)machine_frame_memory(f);
		return f;
	}
	if (a->next == a->limit && !new_run(a))
		return NO_FRAME;
	a->next += PAGE_SIZE;
	return (struct frame){ a->next - PAGE_SIZE };
}

void frame_deallocate(struct frame_allocator *a, struct frame frame)
{
	if (frame.start == a->next - PAGE_SIZE && a->next > a->run) {
		a->next -= PAGE_SIZE;
		return;
	}
	*(struct frame *)machine_frame_memory(frame) = a->list;
	a->list = frame;
}
