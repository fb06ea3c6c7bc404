// Design: search until nothing moves the address any more
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range, but for frame 0" (kernel/memory/frame_allocator.h): x + PAGE_SIZE > end overflows for the last frame of all, of which the last byte is in no area
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t last;	/* the frame that was found last; 0 at first */
	struct frame list;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *a = memory;
	a->info = info;
	a->last = 0;
	a->list = NO_FRAME;
	return a;
}

static bool lift(uint64_t *x, uint64_t to)
{
	*x = page_boundary_above(to);
	return *x != 0;
}

struct frame frame_allocate(struct frame_allocator *a)
{
	if (!frame_is_none(a->list)) {
		struct frame f = a->list;
		a->list = *(struct frame *)machine_frame_memory(f);
		return f;
	}

	uint64_t x = a->last + PAGE_SIZE;
	bool moved = true;

	if (x == 0)
		return NO_FRAME;
	while (moved) {
		size_t i;

		moved = false;
		for (i = 0; i < a->info->used_count; i++) {
			const struct physical_range *u = &a->info->used[i];
			if (u->end > x && u->start <= x + PAGE_SIZE - 1) {
				if (!lift(&x, u->end))
					goto none;
				moved = true;
			}
		}
		for (i = 0; i < a->info->area_count; i++) {
			const struct memory_area *m = &a->info->areas[i];
			if (m->type != MEMORY_USABLE || m->range.end <= x ||
			    x + PAGE_SIZE > m->range.end)
				continue;
			if (m->range.start <= x)
				break;
			uint64_t y = m->range.start;
			if (!lift(&y, y))
				goto none;
			if (m->range.end <= y || y + PAGE_SIZE > m->range.end)
				continue;
			x = y;
			moved = true;
			break;
		}
		if (i == a->info->area_count)
			goto none;
	}
	a->last = x;
	return (struct frame){ x };
none:
	a->last = -PAGE_SIZE;
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *a, struct frame frame)
{
	*(struct frame *)machine_frame_memory(frame) = a->list;
	a->list = frame;
}
