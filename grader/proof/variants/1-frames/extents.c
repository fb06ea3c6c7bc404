/*
 * Design: a table of free runs in the allocator's memory, worked out at the
 * beginning.  What comes back is a list of extents too: a frame that lies behind
 * the newest extent makes it longer.
 *
 * A test must not ask that the map is looked at again after the beginning, nor that
 * frames come one by one from below.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "lib/panic.h"
#include "machine.h"

struct extent {
	uint64_t start, end; /* frames, start < end */
};

/* In the first frame of an extent that came back. */
struct returned {
	struct extent extent;
	uint64_t next; /* the first frame of the next, or 0 */
};

#define RUNS (BOOT_INFO_AREAS + BOOT_INFO_USED_RANGES)

struct frame_allocator {
	size_t count, now;
	struct extent runs[RUNS];
	uint64_t returned; /* 0: none */
};

_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE,
	       "the table fits");

static struct returned *at(uint64_t start)
{
	return machine_frame_memory((struct frame){ start });
}

/* Whole frames are counted by number, so that nothing overflows. */
static void add_run(struct frame_allocator *frames, uint64_t first, uint64_t end)
{
	if (first == 0)
		first = 1;
	if (first >= end)
		return;
	require(frames->count < RUNS, "%zu runs", frames->count);
	frames->runs[frames->count++] =
		(struct extent){ first * PAGE_SIZE, end * PAGE_SIZE };
}

static void add_area(struct frame_allocator *frames,
		     const struct boot_info *info,
		     const struct physical_range *area)
{
	uint64_t first = area->start / PAGE_SIZE + (area->start % PAGE_SIZE != 0);
	uint64_t end = area->end / PAGE_SIZE;

	for (size_t i = 0; i < info->used_count; i++) {
		uint64_t low = info->used[i].start / PAGE_SIZE;
		uint64_t high = (info->used[i].end - 1) / PAGE_SIZE + 1;

		if (high <= first || low >= end)
			continue;
		add_run(frames, first, low);
		first = high;
	}
	add_run(frames, first, end);
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	frames->count = frames->now = 0;
	frames->returned = 0;
	for (size_t i = 0; i < info->area_count; i++)
		if (info->areas[i].type == MEMORY_USABLE)
			add_area(frames, info, &info->areas[i].range);
	return frames;
}

/* The last frame of the newest extent, so that its first goes last. */
static struct frame take_returned(struct frame_allocator *frames)
{
	struct returned *newest = at(frames->returned);

	newest->extent.end -= PAGE_SIZE;
	if (newest->extent.end == newest->extent.start)
		frames->returned = newest->next;
	return (struct frame){ newest->extent.end };
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct extent *run = &frames->runs[frames->now];

	if (frames->returned)
		return take_returned(frames);
	if (frames->now == frames->count)
		return NO_FRAME;
	run->end -= PAGE_SIZE;
	if (run->start == run->end)
		frames->now++;
	return (struct frame){ run->end };
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	uint64_t start = frame.start;

	if (frames->returned && at(frames->returned)->extent.end == start) {
		at(frames->returned)->extent.end += PAGE_SIZE;
		return;
	}
	*at(start) = (struct returned){ { start, start + PAGE_SIZE },
					frames->returned };
	frames->returned = start;
}

/* ---- The challenge: n frames in a row ------------------------------------------ */

/*
 * Neighbours that came back find each other when somebody asks for a row, and not
 * before, so that giving back stays cheap: the extents are sorted and joined then, in
 * n log n steps for n extents.
 */
struct frame frames_allocate_contiguous(struct frame_allocator *frames,
					uint64_t n);

/* Two sorted lists as one. */
static uint64_t merge(uint64_t one, uint64_t other)
{
	uint64_t first = 0, *link = &first;

	while (one && other) {
		uint64_t *lower = one < other ? &one : &other;

		*link = *lower;
		link = &at(*lower)->next;
		*lower = *link;
	}
	*link = one ? one : other;
	return first;
}

/* The first so many of the list, sorted; *list becomes the rest. */
static uint64_t sort(uint64_t *list, uint64_t count)
{
	uint64_t first = *list, half;

	if (count > 1) {
		half = sort(list, count / 2);
		return merge(half, sort(list, count - count / 2));
	}
	*list = at(first)->next;
	at(first)->next = 0;
	return first;
}

static void sort_and_join(struct frame_allocator *frames)
{
	uint64_t count = 0, list = frames->returned;

	for (uint64_t i = list; i; i = at(i)->next)
		count++;
	frames->returned = count ? sort(&list, count) : 0;
	for (uint64_t i = frames->returned; i;) {
		struct returned *low = at(i);

		if (low->next != low->extent.end) {
			i = low->next;
			continue;
		}
		low->extent.end = at(low->next)->extent.end;
		low->next = at(low->next)->next;
	}
}

/* The upper end of a fresh run that is long enough; their order does not count. */
static struct frame take_from_run(struct frame_allocator *frames, uint64_t size)
{
	struct extent *runs = frames->runs;

	for (size_t i = frames->now; i < frames->count; i++) {
		struct extent *run = &runs[i];
		uint64_t start = run->end - size;

		if (run->end - run->start < size)
			continue;
		run->end = start;
		if (run->start == run->end)
			*run = runs[frames->now++];
		return (struct frame){ start };
	}
	return NO_FRAME;
}

/*
 * The first of n frames that lie in a row; each is given back by frame_deallocate.
 * NO_FRAME if n is 0, or there is no such row: part of it may be fresh and part of it
 * may have come back, which is not looked at.
 */
struct frame frames_allocate_contiguous(struct frame_allocator *frames,
					uint64_t n)
{
	uint64_t size = n * PAGE_SIZE;
	struct frame fresh;

	if (n == 0 || n > UINT64_MAX / PAGE_SIZE)
		return NO_FRAME;
	fresh = take_from_run(frames, size);
	if (!frame_is_none(fresh))
		return fresh;
	sort_and_join(frames);
	for (uint64_t *link = &frames->returned; *link; link = &at(*link)->next) {
		struct extent *extent = &at(*link)->extent;

		if (extent->end - extent->start < size)
			continue;
		extent->end -= size;
		fresh.start = extent->end;
		if (extent->start == extent->end)
			*link = at(*link)->next;
		return fresh;
	}
	return NO_FRAME;
}
