// Design: walks downwards, highest frame first; the position is an exclusive end
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *map;
	size_t areas_left;
	size_t used_left;
	uint64_t top;		/* everything at or above it is done */
	uint64_t free_list;	/* 0 ends it */
};

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *me = memory;

	me->map = info;
	me->areas_left = info->area_count;
	me->used_left = info->used_count;
	me->top = UINT64_MAX & ~(PAGE_SIZE - 1);
	me->free_list = 0;
	return me;
}

static uint64_t floor_page(uint64_t a)
{
	return a & ~(PAGE_SIZE - 1);
}

static struct frame walk(struct frame_allocator *me)
{
	while (me->areas_left > 0) {
		const struct memory_area *area = &me->map->areas[me->areas_left - 1];
		uint64_t low = area->range.start < PAGE_SIZE ?
				       PAGE_SIZE : area->range.start;

		if (area->type == MEMORY_USABLE) {
			if (me->top > floor_page(area->range.end))
				me->top = floor_page(area->range.end);
			while (me->top > low && me->top - low >= PAGE_SIZE) {
				uint64_t candidate = me->top - PAGE_SIZE;

				/* drop used ranges that begin above the candidate's end */
				while (me->used_left > 0 &&
				       me->map->used[me->used_left - 1].start >= me->top)
					me->used_left--;
				if (me->used_left == 0 ||
				    me->map->used[me->used_left - 1].end <= candidate) {
					me->top = candidate;
					return (struct frame){ candidate };
				}
				me->top = floor_page(me->map->used[me->used_left - 1].start);
			}
		}
		me->areas_left--;
	}
	return NO_FRAME;
}

struct frame frame_allocate(struct frame_allocator *me)
{
	struct frame frame = { me->free_list };

	if (me->free_list == 0)
		return walk(me);
	me->free_list = *(uint64_t *)machine_frame_memory(frame);
	return frame;
}

void frame_deallocate(struct frame_allocator *me, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = me->free_list;
	me->free_list = frame.start;
}
