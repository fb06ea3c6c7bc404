// Design: asks for each candidate whether its first or its last byte is used
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range" (kernel/memory/frame_allocator.h): a used range that begins and ends inside of the frame is missed
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	size_t area;
	uint64_t next;
	uint64_t free;
};

static const struct physical_range *range_of(const struct boot_info *info, uint64_t byte)
{
	for (size_t i = 0; i < info->used_count; i++)
		if (byte >= info->used[i].start && byte < info->used[i].end)
			return &info->used[i];
	return NULL;
}

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->area = 0;
	f->next = PAGE_SIZE;
	f->free = 0;
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (f->free) {
		struct frame r = { f->free };
		f->free = *(uint64_t *)machine_frame_memory(r);
		return r;
	}
	while (f->area < f->info->area_count) {
		const struct memory_area *a = &f->info->areas[f->area];
		const struct physical_range *u;
		uint64_t here = f->next;

		if (here < a->range.start)
			here = page_boundary_above(a->range.start);
		if (a->type != MEMORY_USABLE || here < a->range.start ||
		    here >= a->range.end || a->range.end - here < PAGE_SIZE) {
			f->area++;
			continue;
		}
		u = range_of(f->info, here);
		if (!u)
			u = range_of(f->info, here + PAGE_SIZE - 1);
		if (!u) {
			f->next = here + PAGE_SIZE;
			return (struct frame){ here };
		}
		f->next = page_boundary_above(u->end);
		if (!f->next)
			f->area = f->info->area_count;
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = f->free;
	f->free = frame.start;
}
