// Design: plain search that looks at all BOOT_INFO_USED_RANGES entries, unused ones being 0 to 0
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range" (kernel/memory/frame_allocator.h): used_count (boot_info.h) is ignored; what stands behind it counts as used
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t next;
	struct frame list;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->next = PAGE_SIZE;
	f->list = NO_FRAME;
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (!frame_is_none(f->list)) {
		struct frame r = f->list;
		f->list = *(struct frame *)machine_frame_memory(r);
		return r;
	}
	for (size_t a = 0; a < f->info->area_count; a++) {
		uint64_t start = f->info->areas[a].range.start;
		uint64_t end = f->info->areas[a].range.end & ~(PAGE_SIZE - 1);

		if (f->info->areas[a].type != MEMORY_USABLE || end <= start || end <= f->next)
			continue;
		if (f->next < start)
			f->next = page_boundary_above(start);
		for (int u = 0; u < BOOT_INFO_USED_RANGES && f->next < end; u++)
			if (f->info->used[u].end > f->next &&
			    f->info->used[u].start < f->next + PAGE_SIZE)
				f->next = f->info->used[u].end > end ?
					end : page_boundary_above(f->info->used[u].end);
		if (f->next < end) {
			f->next += PAGE_SIZE;
			return (struct frame){ f->next - PAGE_SIZE };
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(struct frame *)machine_frame_memory(frame) = f->list;
	f->list = frame;
}
