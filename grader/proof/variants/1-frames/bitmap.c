/*
 * Design: frames that came back are bits.  Each 2 MiB of memory has a bitmap,
 * which lies in the first of its frames that came back and goes with it; a table
 * of lists in the allocator's memory finds it.
 *
 * A test must not forbid that books are kept in a frame that came back, nor ask
 * in which order frames come again.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "machine.h"

#define WORDS (PAGE_SIZE_2MIB / PAGE_SIZE / 64)
#define BUCKETS 256

struct bitmap {
	struct bitmap *next; /* in the same bucket */
	struct bitmap *older, *newer; /* among all */
	uint64_t start; /* the frame that it lies in */
	uint64_t bits[WORDS]; /* of other frames only */
};

struct frame_allocator {
	const struct boot_info *info;
	uint64_t next; /* 0: all fresh frames are out */
	struct bitmap *newest;
	struct bitmap *buckets[BUCKETS];
};

_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE,
	       "the table fits");

static struct bitmap **bucket_of(struct frame_allocator *frames, uint64_t start)
{
	return &frames->buckets[start / PAGE_SIZE_2MIB % BUCKETS];
}

static struct bitmap *find(struct frame_allocator *frames, uint64_t start)
{
	struct bitmap *bitmap = *bucket_of(frames, start);

	while (bitmap &&
	       bitmap->start / PAGE_SIZE_2MIB != start / PAGE_SIZE_2MIB)
		bitmap = bitmap->next;
	return bitmap;
}

/* The first free frame at or above start; 0: none. */
static uint64_t free_from(const struct boot_info *info, uint64_t start)
{
	for (size_t a = 0; a < info->area_count; a++) {
		uint64_t low = info->areas[a].range.start;
		uint64_t end = info->areas[a].range.end & ~(PAGE_SIZE - 1);

		if (info->areas[a].type != MEMORY_USABLE || low > end)
			continue;
		low = page_boundary_above(low);
		if (low < start)
			low = start;
		for (size_t u = 0; u < info->used_count && low < end; u++)
			if (info->used[u].start < low + PAGE_SIZE &&
			    info->used[u].end > low)
				low = ((info->used[u].end - 1) | (PAGE_SIZE - 1)) +
				      1;
		if (low && low < end)
			return low;
	}
	return 0;
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	*frames = (struct frame_allocator){ .info = info };
	frames->next = free_from(info, PAGE_SIZE);
	return frames;
}

static void forget(struct frame_allocator *frames, struct bitmap *bitmap)
{
	struct bitmap **link = bucket_of(frames, bitmap->start);

	while (*link != bitmap)
		link = &(*link)->next;
	*link = bitmap->next;
	if (bitmap->newer)
		bitmap->newer->older = bitmap->older;
	else
		frames->newest = bitmap->older;
	if (bitmap->older)
		bitmap->older->newer = bitmap->newer;
}

static uint64_t take_bit(struct bitmap *bitmap)
{
	for (uint64_t i = 0; i < WORDS; i++) {
		uint64_t bit = __builtin_ffsll((long long)bitmap->bits[i]);

		if (!bit)
			continue;
		bitmap->bits[i] &= bitmap->bits[i] - 1;
		return (bitmap->start & ~(PAGE_SIZE_2MIB - 1)) +
		       (i * 64 + bit - 1) * PAGE_SIZE;
	}
	return 0;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct bitmap *bitmap = frames->newest;
	struct frame frame = { frames->next };

	if (bitmap) {
		frame.start = take_bit(bitmap);
		if (!frame.start) {
			frame.start = bitmap->start;
			forget(frames, bitmap);
		}
		return frame;
	}
	if (!frame.start)
		return NO_FRAME;
	frames->next = free_from(frames->info, frame.start + PAGE_SIZE);
	return frame;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	struct bitmap *bitmap = find(frames, frame.start);
	uint64_t index = frame.start / PAGE_SIZE % (WORDS * 64);

	if (bitmap) {
		bitmap->bits[index / 64] |= 1ull << index % 64;
		return;
	}
	bitmap = machine_frame_memory(frame);
	*bitmap = (struct bitmap){ .next = *bucket_of(frames, frame.start),
				   .older = frames->newest,
				   .start = frame.start };
	*bucket_of(frames, frame.start) = bitmap;
	if (frames->newest)
		frames->newest->newer = bitmap;
	frames->newest = bitmap;
}
