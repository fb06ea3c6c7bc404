/*
 * The frame allocator walks once, upwards, through the usable areas of the
 * memory map.  Frames that come back form a list of their own, and are handed
 * out again first:
 *
 *   given_back         frame 0x5000      frame 0x9000
 *   +--------+        +-------------+   +-------------+
 *   | 0x5000 | -----> | 0x9000 | .. |   | none   | .. |
 *   +--------+        +-------------+   +-------------+
 *                            |               ^
 *                            +---------------+
 *
 * A frame that nobody has is memory that nobody needs, so each frame in the
 * list holds the list's next frame itself, and the list needs no memory.
 */
#include "memory/frame_allocator.h"

#include "lib/panic.h"
#include "machine.h"

/* The source is the first member, so its address is the allocator's. */
static struct frame allocate_from_source(struct frame_source *source)
{
	return frame_allocate((struct frame_allocator *)source);
}

static void deallocate_to_source(struct frame_source *source,
				 struct frame frame)
{
	frame_deallocate((struct frame_allocator *)source, frame);
}

void frame_allocator_init(struct frame_allocator *frames,
			  const struct boot_info *info)
{
	*frames = (struct frame_allocator){
		.source = { allocate_from_source, deallocate_to_source },
		.info = info,
		.area = 0,
		/* Frame 0 stays out: an address of 0 looks like none. */
		.next = { PAGE_SIZE },
		.given_back = NO_FRAME,
	};
}

/*
 * The first frame at or above the address that touches no used range, NO_FRAME
 * at the end of all addresses.  The used ranges are sorted, so stepping over
 * one never leads back into another.
 */
static struct frame skip_used(const struct boot_info *info, uint64_t address)
{
	uint64_t start = page_boundary_above(address);

	for (size_t i = 0; i < info->used_count; i++) {
		const struct physical_range *used = &info->used[i];

		if (used->start < start + PAGE_SIZE && start < used->end)
			start = page_boundary_above(used->end);
	}
	return start < address ? NO_FRAME : (struct frame){ start };
}

static bool range_holds_frame(struct physical_range range, struct frame frame)
{
	return frame.start >= range.start && frame.start < range.end &&
	       range.end - frame.start >= PAGE_SIZE;
}

/* A frame that was never handed out. */
static struct frame allocate_fresh(struct frame_allocator *frames)
{
	for (; frames->area < frames->info->area_count; frames->area++) {
		const struct memory_area *area =
			&frames->info->areas[frames->area];
		uint64_t start = frames->next.start;
		struct frame frame;

		if (area->type != MEMORY_USABLE)
			continue;
		if (start < area->range.start)
			start = area->range.start;
		frame = skip_used(frames->info, start);
		if (!range_holds_frame(area->range, frame))
			continue;
		frames->next.start = frame.start + PAGE_SIZE;
		return frame;
	}
	return NO_FRAME;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct frame frame = frames->given_back;

	if (frame_is_none(frame))
		return allocate_fresh(frames);
	frames->given_back = *(struct frame *)machine_frame_memory(frame);
	return frame;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	require(frame.start % PAGE_SIZE == 0 && frame.start != 0,
		"frame 0x%llx never came from frame_allocate",
		(unsigned long long)frame.start);
	*(struct frame *)machine_frame_memory(frame) = frames->given_back;
	frames->given_back = frame;
}
