// Design: counts how many were handed out, walks to that one each time (the handout's first way), plus a list
// Breaks: "Constant time on average, however many frames were handed out before: ... a look at each frame is not [allowed]" (kernel/memory/frame_allocator.h)
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t count;
	struct frame list;
};

static bool used(const struct boot_info *info, uint64_t start)
{
	for (size_t i = 0; i < info->used_count; i++)
		if (info->used[i].start <= start + (PAGE_SIZE - 1) && info->used[i].end > start)
			return true;
	return false;
}

static struct frame nth(const struct boot_info *info, uint64_t n)
{
	for (size_t i = 0; i < info->area_count; i++) {
		const struct memory_area *a = &info->areas[i];
		uint64_t s = page_boundary_above(a->range.start);

		if (a->type != MEMORY_USABLE || s < a->range.start)
			continue;
		for (; s < a->range.end && a->range.end - s >= PAGE_SIZE; s += PAGE_SIZE)
			if (s && !used(info, s) && n-- == 0)
				return (struct frame){ s };
	}
	return NO_FRAME;
}

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->count = 0;
	f->list = NO_FRAME;
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	struct frame r = f->list;

	if (!frame_is_none(r)) {
		f->list = *(struct frame *)machine_frame_memory(r);
		return r;
	}
	r = nth(f->info, f->count);
	if (!frame_is_none(r))
		f->count++;
	return r;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(struct frame *)machine_frame_memory(frame) = f->list;
	f->list = frame;
}
