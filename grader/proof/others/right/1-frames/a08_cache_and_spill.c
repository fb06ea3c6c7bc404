// Design: the rest of the 4096 bytes is a cache of returned frames; what does not fit spills to a list in the frames
#include "memory/frame_allocator.h"
#include "machine.h"

#define CACHE 500

struct frame_allocator {
	const struct boot_info *info;
	uint64_t next;
	uint64_t spilled;
	uint32_t area;
	uint32_t cached;
	uint64_t cache[CACHE];
};
_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE, "too large");

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *fa = memory;

	fa->info = info;
	fa->next = PAGE_SIZE;
	fa->spilled = 0;
	fa->area = 0;
	fa->cached = 0;
	return fa;
}

void frame_deallocate(struct frame_allocator *fa, struct frame frame)
{
	if (fa->cached < CACHE) {
		fa->cache[fa->cached++] = frame.start;
		return;
	}
	*(uint64_t *)machine_frame_memory(frame) = fa->spilled;
	fa->spilled = frame.start;
}

struct frame frame_allocate(struct frame_allocator *fa)
{
	if (fa->cached)
		return (struct frame){ fa->cache[--fa->cached] };
	if (fa->spilled) {
		struct frame frame = { fa->spilled };
		fa->spilled = *(uint64_t *)machine_frame_memory(frame);
		return frame;
	}

	for (; fa->area < fa->info->area_count; fa->area++) {
		uint64_t start = fa->info->areas[fa->area].range.start;
		/* end rounded down: from here on all are whole frames */
		uint64_t end = fa->info->areas[fa->area].range.end & ~(PAGE_SIZE - 1);

		if (fa->info->areas[fa->area].type != MEMORY_USABLE || end <= start)
			continue;
		if (fa->next < start)
			fa->next = page_boundary_above(start);	/* <= end */
		for (size_t i = 0; i < fa->info->used_count && fa->next < end; i++) {
			const struct physical_range *u = &fa->info->used[i];
			if (u->start < fa->next + PAGE_SIZE && u->end > fa->next)
				fa->next = u->end > end ? end : page_boundary_above(u->end);
		}
		if (fa->next < end) {
			fa->next += PAGE_SIZE;
			return (struct frame){ fa->next - PAGE_SIZE };
		}
	}
	return NO_FRAME;
}
