// Design: returned frames in a list sorted by address, so that memory fills up from below
// Breaks: "Constant time on average, in whatever order frames come back." (kernel/memory/frame_allocator.h): goes through the list to the frame's place
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	size_t a, u;
	uint64_t next;
	uint64_t lowest;	/* UINT64_MAX: none */
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	*f = (struct frame_allocator){ .info = info, .next = PAGE_SIZE, .lowest = UINT64_MAX };
	return f;
}

static uint64_t *link_of(uint64_t frame)
{
	return machine_frame_memory((struct frame){ frame });
}

struct frame frame_allocate(struct frame_allocator *f)
{
	uint64_t frame = f->lowest;

	if (frame != UINT64_MAX) {
		f->lowest = *link_of(frame);
		return (struct frame){ frame };
	}
	for (; f->a < f->info->area_count; f->a++) {
		struct physical_range r = f->info->areas[f->a].range;

		r.end &= ~(PAGE_SIZE - 1);
		if (f->info->areas[f->a].type != MEMORY_USABLE || r.start >= r.end)
			continue;
		if (f->next < r.start)
			f->next = page_boundary_above(r.start);
		while (f->next < r.end) {
			const struct physical_range *u = &f->info->used[f->u];

			if (f->u == f->info->used_count ||
			    u->start >= f->next + PAGE_SIZE) {
				f->next += PAGE_SIZE;
				return (struct frame){ f->next - PAGE_SIZE };
			}
			if (u->end > f->next)
				f->next = u->end > r.end ? r.end : page_boundary_above(u->end);
			if (f->next >= u->end)
				f->u++;
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	uint64_t *p = &f->lowest;

	while (*p < frame.start)
		p = link_of(*p);
	*link_of(frame.start) = *p;
	*p = frame.start;
}
