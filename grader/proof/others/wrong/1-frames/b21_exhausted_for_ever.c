// Design: recursive search, with a flag when all are out
// Breaks: "Returns NO_FRAME when none is left, as often as it is called, until one is given back" (kernel/memory/frame_allocator.h): the flag is asked before the list
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	const struct boot_info *info;
	uint64_t from;
	bool exhausted;
	uint64_t head;
};

static uint64_t round_up(uint64_t x)
{
	return (x & (PAGE_SIZE - 1)) ? (x | (PAGE_SIZE - 1)) + 1 : x;
}

/* First free frame at or above `from`, 0 if none: areas from a, used from u. */
static uint64_t find(const struct boot_info *info, uint64_t from, size_t a, size_t u)
{
	if (a == info->area_count)
		return 0;

	const struct memory_area *area = info->areas + a;

	if (area->type != MEMORY_USABLE)
		return find(info, from, a + 1, u);
	if (from < area->range.start) {
		uint64_t start = round_up(area->range.start);
		return start ? find(info, start, a, u) : 0;
	}
	if (from >= area->range.end || area->range.end - from < PAGE_SIZE)
		return find(info, from, a + 1, u);
	if (u == info->used_count)
		return from;
	if (info->used[u].end <= from)
		return find(info, from, a, u + 1);
	if (info->used[u].start - from < PAGE_SIZE || info->used[u].start < from) {
		uint64_t behind = round_up(info->used[u].end);
		return behind ? find(info, behind, a, u + 1) : 0;
	}
	return from;
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	frames->info = info;
	frames->from = PAGE_SIZE;
	frames->exhausted = false;
	frames->head = 0;
	return frames;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	if (frames->exhausted)
		return NO_FRAME;
	if (frames->head) {
		struct frame f = { frames->head };
		frames->head = *(const uint64_t *)machine_frame_memory(f);
		return f;
	}
	{
		uint64_t found = find(frames->info, frames->from, 0, 0);
		if (found) {
			frames->from = found + PAGE_SIZE;
			return (struct frame){ found };
		}
		frames->exhausted = true;
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	uint64_t *memory = machine_frame_memory(frame);

	memory[0] = frames->head;
	frames->head = frame.start;
}
