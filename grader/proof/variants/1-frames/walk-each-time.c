/*
 * Design: remembers one address only.  Each call looks at all areas and used
 * ranges for the lowest frame above it, and asks of each frame on the way how far it
 * is used.  Frames that came back are a list with links both ways.
 *
 * A test must not ask for the same work in every call, as long as it does not grow
 * with the frames that are out.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *map;
	uint64_t above; /* frames below this one are dealt with */
	struct frame first;
};

struct links {
	struct frame next, previous;
};

static struct links *links_of(struct frame frame)
{
	return machine_frame_memory(frame);
}

/* The end of a used range that touches the frame; 0: there is none. */
static uint64_t used_until(const struct boot_info *map, uint64_t start)
{
	for (size_t i = 0; i < map->used_count; i++)
		if (map->used[i].end > start &&
		    map->used[i].start < start + PAGE_SIZE)
			return map->used[i].end;
	return 0;
}

static bool is_inside(const struct memory_area *area, uint64_t start)
{
	return area->type == MEMORY_USABLE && start >= area->range.start &&
	       start < area->range.end && area->range.end - start >= PAGE_SIZE;
}

/* The first frame of the area that is not below `above`. */
static struct frame first_in(const struct boot_info *map,
			     const struct memory_area *area, uint64_t above)
{
	uint64_t start = (area->range.start + 4095) / 4096 * 4096;

	if (start < area->range.start)
		return NO_FRAME;
	start = start < above ? above : start;
	while (is_inside(area, start)) {
		uint64_t until = used_until(map, start);
		uint64_t next = until / PAGE_SIZE * PAGE_SIZE;

		if (start && !until)
			return (struct frame){ start };
		start = next > start ? next : start + PAGE_SIZE;
	}
	return NO_FRAME;
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	frames->map = info;
	frames->above = 0;
	frames->first = NO_FRAME;
	return frames;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct frame frame = frames->first;

	if (!frame_is_none(frame)) {
		frames->first = links_of(frame)->next;
		if (!frame_is_none(frames->first))
			links_of(frames->first)->previous = NO_FRAME;
		return frame;
	}
	for (size_t i = 0; i < frames->map->area_count; i++) {
		frame = first_in(frames->map, &frames->map->areas[i],
				 frames->above);
		if (frame_is_none(frame))
			continue;
		frames->above = frame.start + PAGE_SIZE;
		return frame;
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	struct links *links = links_of(frame);

	links->next = frames->first;
	links->previous = NO_FRAME;
	if (!frame_is_none(frames->first))
		links_of(frames->first)->previous = frame;
	frames->first = frame;
}
