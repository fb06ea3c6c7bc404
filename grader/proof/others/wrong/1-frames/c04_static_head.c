// Design: walk in the given memory, list head in a static variable that init resets
// Breaks: "An allocator keeps what it remembers in two places only: in the memory that frame_allocator_init is given, and in frames that were given back to it" (kernel/memory/frame_allocator.h): two allocators share the list
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t area, used, next;
};

static struct frame free_list = NO_FRAME;

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *f = memory;
	f->info = info;
	f->area = f->used = 0;
	f->next = PAGE_SIZE;
	free_list = NO_FRAME;
	return f;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	const struct boot_info *b = f->info;

	if (!frame_is_none(free_list)) {
		struct frame r = free_list;
		free_list = *(struct frame *)machine_frame_memory(r);
		return r;
	}
	while (f->area < b->area_count) {
		const struct memory_area *a = &b->areas[f->area];
		if (f->next < a->range.start)
			f->next = page_boundary_above(a->range.start) ?: UINT64_MAX;
		if (a->type != MEMORY_USABLE || f->next >= a->range.end ||
		    a->range.end - f->next < PAGE_SIZE) {
			f->area++;
			continue;
		}
		if (f->used < b->used_count && b->used[f->used].end <= f->next) {
			f->used++;
			continue;
		}
		if (f->used < b->used_count &&
		    b->used[f->used].start < f->next + PAGE_SIZE) {
			f->next = page_boundary_above(b->used[f->used].end) ?: UINT64_MAX;
			continue;
		}
		f->next += PAGE_SIZE;
		return (struct frame){ f->next - PAGE_SIZE };
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	(void)f;
	*(struct frame *)machine_frame_memory(frame) = free_list;
	free_list = frame;
}
