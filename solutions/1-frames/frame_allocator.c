/*
 * The frame allocator.  What each function has to do is said in
 * memory/frame_allocator.h, what the memory map promises in boot_info.h.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "machine.h"

/* Your own types, variables and helpers: here. */
/*
 * The allocator walks the memory map once, upwards, and stops at each free frame
 * until somebody asks for it.  Frames that come back form a list of their own,
 * and are handed out again first:
 *
 *   given_back         frame 0x5000      frame 0x9000
 *   +--------+        +-------------+   +-------------+
 *   | 0x5000 | -----> | 0x9000 | .. |   | none   | .. |
 *   +--------+        +-------------+   +-------------+
 *                            |               ^
 *                            +---------------+
 *
 * A frame that nobody has is memory that nobody needs, so each frame in the list
 * holds the list's next frame itself, and the list needs no memory.
 *
 * Shortcomings: frames come back in no order, so neighbours are not found again
 * (see the challenge); giving a frame back twice makes the list go round in a
 * circle, and nobody notices.
 */
struct frame_allocator {
	const struct boot_info *info;
	size_t area; /* the walk is in this area, or done at area_count */
	size_t used; /* used ranges below this one end at or below next */
	uint64_t next; /* the walk is at this frame */
	struct frame given_back; /* the first in the list, or NO_FRAME */
};

_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE,
	       "the caller provides no more memory");

/* The last frame of all: never a whole one, for areas end at UINT64_MAX. */
#define LAST_FRAME (UINT64_MAX - PAGE_SIZE + 1)

/* Go up to the first frame that begins at or above the address. */
static void walk_to(struct frame_allocator *frames, uint64_t address)
{
	uint64_t start = LAST_FRAME;

	if (address < LAST_FRAME)
		start = page_boundary_above(address);
	if (start > frames->next)
		frames->next = start;
}

/* The used ranges are sorted, so none has to be looked at again. */
static void walk_past_used(struct frame_allocator *frames)
{
	const struct boot_info *info = frames->info;

	for (; frames->used < info->used_count; frames->used++) {
		const struct physical_range *used = &info->used[frames->used];

		if (used->start > frames->next + PAGE_SIZE - 1)
			return;
		walk_to(frames, used->end);
	}
}

/* Go to the first free frame of the area; false if there is none any more. */
static bool walk_in(struct frame_allocator *frames,
		    const struct memory_area *area)
{
	uint64_t end = area->range.end;

	if (area->type != MEMORY_USABLE)
		return false;
	walk_to(frames, area->range.start);
	walk_past_used(frames);
	return frames->next < end && end - frames->next >= PAGE_SIZE;
}

/* A frame that was never handed out. */
static struct frame allocate_fresh(struct frame_allocator *frames)
{
	const struct boot_info *info = frames->info;

	for (; frames->area < info->area_count; frames->area++) {
		if (walk_in(frames, &info->areas[frames->area])) {
			struct frame frame = { frames->next };

			frames->next += PAGE_SIZE;
			return frame;
		}
	}
	return NO_FRAME;
}
/* End of your own. */

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	/* Lab 1, task 1: your code here. */
	struct frame_allocator *frames = memory;

	*frames = (struct frame_allocator){
		.info = info,
		.next = PAGE_SIZE, /* frame 0 stays out */
		.given_back = NO_FRAME,
	};
	return frames;
	/* End of your code. */
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	/* Lab 1, task 1: your code here. */
	struct frame frame = frames->given_back;

	if (frame_is_none(frame))
		return allocate_fresh(frames);
	frames->given_back = *(struct frame *)machine_frame_memory(frame);
	return frame;
	/* End of your code. */
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	/* Lab 1, task 3: your code here. */
	*(struct frame *)machine_frame_memory(frame) = frames->given_back;
	frames->given_back = frame;
	/* End of your code. */
}
