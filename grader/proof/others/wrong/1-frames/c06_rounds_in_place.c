// Design: init rounds all ranges to frames where they lie, so that the walk is simple
// Breaks: "info stays the caller's ... it is only read" (kernel/memory/frame_allocator.h): const is cast away
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	size_t a, u;
	uint64_t p, head;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	struct boot_info *map = (struct boot_info *)(uintptr_t)info;

	for (size_t i = 0; i < map->area_count; i++) {
		struct physical_range *r = &map->areas[i].range;
		uint64_t s = page_boundary_above(r->start);
		r->end = frame_containing(r->end).start;
		if (s < r->start || s > r->end)
			s = r->end;
		r->start = s;
	}
	for (size_t i = 0; i < map->used_count; i++) {
		struct physical_range *r = &map->used[i];
		r->start = frame_containing(r->start).start;
		r->end = page_boundary_above(r->end) ? page_boundary_above(r->end) : UINT64_MAX;
	}
	*f = (struct frame_allocator){ info, 0, 0, PAGE_SIZE, 0 };
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (f->head) {
		struct frame r = { f->head };
		f->head = *(uint64_t *)machine_frame_memory(r);
		return r;
	}
	while (f->a < f->info->area_count) {
		const struct memory_area *a = &f->info->areas[f->a];
		const struct physical_range *u = f->info->used + f->u;

		if (f->p < a->range.start)
			f->p = a->range.start;
		if (a->type != MEMORY_USABLE || f->p >= a->range.end)
			f->a++;
		else if (f->u < f->info->used_count && u->end <= f->p)
			f->u++;
		else if (f->u < f->info->used_count && u->start <= f->p)
			f->p = u->end;
		else {
			f->p += PAGE_SIZE;
			return (struct frame){ f->p - PAGE_SIZE };
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = f->head;
	f->head = frame.start;
}
