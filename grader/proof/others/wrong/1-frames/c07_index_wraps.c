// Design: compact: indices of 8 bits, since there are 64 areas at most
// Breaks: "Returns NO_FRAME when none is left, as often as it is called" (kernel/memory/frame_allocator.h): the area's index grows with every call at the end; after 256 calls it begins anew
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t page;
	uint64_t list;
	uint8_t area, entered;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->page = f->list = 0;
	f->area = 0;
	f->entered = 0;
	return f;
}

static const struct physical_range *hit(const struct boot_info *info, uint64_t page)
{
	for (size_t i = 0; i < info->used_count; i++)
		if (info->used[i].start >> 12 <= page && (info->used[i].end - 1) >> 12 >= page)
			return &info->used[i];
	return NULL;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (f->list) {
		struct frame r = { f->list };
		f->list = *(uint64_t *)machine_frame_memory(r);
		return r;
	}
	do {
		if (f->area >= f->info->area_count)
			continue;
		const struct memory_area *a = &f->info->areas[f->area];
		if (a->type != MEMORY_USABLE)
			continue;
		if (!f->entered) {
			f->page = a->range.start ? ((a->range.start - 1) >> 12) + 1 : 1;
			f->entered = 1;
		}
		while (f->page < a->range.end >> 12) {
			const struct physical_range *u = hit(f->info, f->page);
			if (!u)
				return (struct frame){ f->page++ << 12 };
			f->page = ((u->end - 1) >> 12) + 1;
		}
	} while (f->entered = 0, f->area++ < f->info->area_count);
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = f->list;
	f->list = frame.start;
}
