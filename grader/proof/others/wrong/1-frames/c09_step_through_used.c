// Design: goes on frame by frame, through used ranges and holes, too
// Breaks: "a look at each area and each used range is allowed, a look at each frame is not" (kernel/memory/frame_allocator.h): a used range of 2^61 bytes is walked through in steps of 4096
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	size_t area;
	uint64_t next;
	uint64_t head;
};

static bool overlaps_used(const struct boot_info *info, uint64_t frame)
{
	for (size_t i = 0; i < info->used_count; i++)
		if (info->used[i].start <= frame + PAGE_SIZE - 1 && frame < info->used[i].end)
			return true;
	return false;
}

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->area = 0;
	f->next = PAGE_SIZE;
	f->head = 0;
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (f->head) {
		struct frame r = { f->head };
		f->head = *(uint64_t *)machine_frame_memory(r);
		return r;
	}
	for (; f->area < f->info->area_count; f->area++) {
		const struct physical_range *r = &f->info->areas[f->area].range;
		uint64_t first = page_boundary_above(r->start);

		if (f->info->areas[f->area].type != MEMORY_USABLE || first < r->start)
			continue;
		if (f->next < first)
			f->next = first;
		while (f->next < r->end && r->end - f->next >= PAGE_SIZE) {
			uint64_t frame = f->next;
			f->next += PAGE_SIZE;
			if (!overlaps_used(f->info, frame))
				return (struct frame){ frame };
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = f->head;
	f->head = frame.start;
}
