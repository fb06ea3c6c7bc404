// Design: init copies the used ranges and joins near ones, since no frame fits between them
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range" (kernel/memory/frame_allocator.h): a gap of exactly one frame is joined, too (<= PAGE_SIZE)
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t next, free;
	size_t area, joined_count, at;
	struct physical_range joined[BOOT_INFO_USED_RANGES];
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;

	f->info = info;
	f->next = PAGE_SIZE;
	f->free = 0;
	f->area = f->at = f->joined_count = 0;
	for (size_t i = 0; i < info->used_count; i++) {
		struct physical_range *last = f->joined + f->joined_count - 1;
		if (f->joined_count && info->used[i].start - last->end <= PAGE_SIZE)
			last->end = info->used[i].end;
		else
			f->joined[f->joined_count++] = info->used[i];
	}
	return f;
}

static uint64_t rounded(uint64_t x)
{
	return x > UINT64_MAX - (PAGE_SIZE - 1) ? UINT64_MAX : page_boundary_above(x);
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
		const struct physical_range *u = f->at < f->joined_count ? &f->joined[f->at] : NULL;

		if (f->next < a->range.start)
			f->next = rounded(a->range.start);
		if (a->type != MEMORY_USABLE || f->next >= a->range.end ||
		    a->range.end - f->next < PAGE_SIZE) {
			f->area++;
		} else if (u && u->end <= f->next) {
			f->at++;
		} else if (u && u->start < f->next + PAGE_SIZE) {
			f->next = rounded(u->end);
		} else {
			f->next += PAGE_SIZE;
			return (struct frame){ f->next - PAGE_SIZE };
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = f->free;
	f->free = frame.start;
}
