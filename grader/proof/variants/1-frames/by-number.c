/*
 * Design: counts.  The n-th free frame is found by walking over the areas and used
 * ranges with arithmetic alone, each time from the start.  Frames that came back
 * form a queue: the one that was given back first is handed out first.
 *
 * A test must not ask that a call looks at few areas where there are few, nor that
 * the frame given back last is the next to come.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "lib/string.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t handed_out; /* fresh ones */
	uint64_t first, last; /* of the queue; first 0: it is empty */
};

static uint64_t *link_of(uint64_t start)
{
	return machine_frame_memory((struct frame){ start });
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	memset(frames, 0, FRAME_ALLOCATOR_SIZE);
	frames->info = info;
	return frames;
}

/* The n-th of the frames of that number up to that one, or how many are missing. */
static bool pick(uint64_t from, uint64_t to, uint64_t *n, struct frame *frame)
{
	if (from == 0)
		from = 1;
	if (from >= to)
		return false;
	if (*n >= to - from) {
		*n -= to - from;
		return false;
	}
	frame->start = (from + *n) * PAGE_SIZE;
	return true;
}

static bool pick_in(const struct boot_info *info, size_t area, uint64_t *n,
		    struct frame *frame)
{
	const struct physical_range *range = &info->areas[area].range;
	uint64_t from = range->start / PAGE_SIZE;
	uint64_t to = range->end / PAGE_SIZE;

	if (range->start % PAGE_SIZE)
		from++;
	for (size_t i = 0; i < info->used_count; i++) {
		uint64_t used_from = info->used[i].start / PAGE_SIZE;
		uint64_t used_to = (info->used[i].end - 1) / PAGE_SIZE + 1;

		if (used_to <= from || used_from >= to)
			continue;
		if (pick(from, used_from, n, frame))
			return true;
		from = used_to;
	}
	return pick(from, to, n, frame);
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	const struct boot_info *info = frames->info;
	struct frame frame = { frames->first };
	uint64_t n = frames->handed_out;

	if (frames->first) {
		frames->first = frames->first == frames->last ?
					0 :
					*link_of(frames->first);
		return frame;
	}
	for (size_t i = 0; i < info->area_count; i++) {
		if (info->areas[i].type == MEMORY_USABLE &&
		    pick_in(info, i, &n, &frame)) {
			frames->handed_out++;
			return frame;
		}
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	if (frames->first)
		*link_of(frames->last) = frame.start;
	else
		frames->first = frame.start;
	frames->last = frame.start;
}
