/*
 * Design: frames that came back are a stack of addresses, kept in some of these
 * frames: one of them holds the addresses of 510 others, so that most are never
 * touched.  Fresh frames come from the top of memory downwards.
 *
 * A test must not ask that fresh frames come from the lowest address upwards, nor
 * look into frames that came back.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "machine.h"

#define PER_PAGE (PAGE_SIZE / sizeof(uint64_t) - 2)

struct stack_page {
	uint64_t below; /* the page under this one, or NONE */
	uint64_t count;
	uint64_t frames[PER_PAGE];
};

#define NONE UINT64_MAX

struct frame_allocator {
	const struct boot_info *info;
	size_t areas; /* areas from this one on are empty */
	uint64_t limit; /* all at or above it is dealt with */
	uint64_t stack; /* the frame of the topmost page, or NONE */
};

_Static_assert(sizeof(struct stack_page) == PAGE_SIZE, "a frame each");

static struct stack_page *page_at(uint64_t start)
{
	return machine_frame_memory((struct frame){ start });
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	*frames = (struct frame_allocator){ info, info->area_count, UINT64_MAX,
					    NONE };
	return frames;
}

static struct frame pop(struct frame_allocator *frames)
{
	struct stack_page *page = page_at(frames->stack);
	struct frame frame = { frames->stack };

	if (page->count)
		frame.start = page->frames[--page->count];
	else
		frames->stack = page->below; /* the page itself goes last */
	return frame;
}

/* The highest frame below the limit that no used range touches; 0: none. */
static uint64_t below_used(const struct boot_info *info, uint64_t limit)
{
	uint64_t end = limit & ~(PAGE_SIZE - 1);

	for (size_t i = info->used_count; i > 0; i--) {
		const struct physical_range *used = &info->used[i - 1];

		if (end >= PAGE_SIZE && used->start < end &&
		    used->end > end - PAGE_SIZE)
			end = used->start & ~(PAGE_SIZE - 1);
	}
	return end < PAGE_SIZE ? 0 : end - PAGE_SIZE;
}

static struct frame fresh(struct frame_allocator *frames)
{
	for (; frames->areas > 0; frames->areas--) {
		const struct memory_area *area =
			&frames->info->areas[frames->areas - 1];
		uint64_t start;

		if (area->type != MEMORY_USABLE)
			continue;
		if (area->range.end < frames->limit)
			frames->limit = area->range.end;
		start = below_used(frames->info, frames->limit);
		if (start == 0 || start < area->range.start)
			continue;
		frames->limit = start;
		return (struct frame){ start };
	}
	return NO_FRAME;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	return frames->stack == NONE ? fresh(frames) : pop(frames);
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	struct stack_page *page;

	if (frames->stack != NONE && page_at(frames->stack)->count < PER_PAGE) {
		page = page_at(frames->stack);
		page->frames[page->count++] = frame.start;
		return;
	}
	page = page_at(frame.start);
	page->below = frames->stack;
	page->count = 0;
	frames->stack = frame.start;
}
