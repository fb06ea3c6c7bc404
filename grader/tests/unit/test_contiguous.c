/*
 * The challenge of 1-frames, as a variant solves it: frames in a row, fresh ones and
 * such as came back in any order.
 */
#include "../../proof/variants/1-frames/extents.c"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

/* Two areas with a frame between them that nobody may have. */
#define FRAMES 65
#define FIRST 16 /* the number of the first frame */
#define HOLE 40

static char memory[FRAMES][PAGE_SIZE];
static char books[FRAME_ALLOCATOR_SIZE]
	__attribute__((aligned(FRAME_ALLOCATOR_ALIGN)));
static bool out[FRAMES];
static struct frame_allocator *frames;

static uint64_t index_of(struct frame frame)
{
	return frame.start / PAGE_SIZE - FIRST;
}

void *machine_frame_memory(struct frame frame)
{
	return index_of(frame) < FRAMES ? memory[index_of(frame)] : NULL;
}

void panic_at(const char *file, int line, const char *format, ...)
{
	printf("# %s:%d: %s\n", file, line, format);
	abort();
}

static void begin(void)
{
	static struct boot_info info;

	info.area_count = 1;
	info.areas[0].type = MEMORY_USABLE;
	info.areas[0].range.start = FIRST * PAGE_SIZE;
	info.areas[0].range.end = (FIRST + FRAMES) * PAGE_SIZE;
	info.used_count = 1;
	info.used[0].start = (FIRST + HOLE) * PAGE_SIZE + 1;
	info.used[0].end = info.used[0].start + 1;
	memset(out, 0, sizeof(out));
	memset(memory, 0x5a, sizeof(memory));
	frames = frame_allocator_init(books, &info);
}

/* Takes a row; whether it is one, of frames that were free. */
static bool take(uint64_t n)
{
	uint64_t first = index_of(frames_allocate_contiguous(frames, n));

	if (first >= FRAMES || first + n > FRAMES)
		return false;
	for (uint64_t i = first; i < first + n; i++) {
		if (out[i] || i == HOLE)
			return false;
		out[i] = true;
		memset(memory[i], 0x5a, PAGE_SIZE);
	}
	return true;
}

static bool is_none(uint64_t n)
{
	return frame_is_none(frames_allocate_contiguous(frames, n));
}

static void give_back(uint64_t index)
{
	out[index] = false;
	frame_deallocate(frames,
			 (struct frame){ (FIRST + index) * PAGE_SIZE });
}

int main(void)
{
	begin();
	ok(is_none(0) && is_none(UINT64_MAX) && is_none(HOLE + 1),
	   "there is no row of 0, of too many, or across what is used");
	ok(take(3) && take(HOLE - 3) && take(FRAMES - HOLE - 1) && is_none(1),
	   "all that is fresh can be had in rows");
	for (uint64_t i = 0; i < FRAMES; i += 2)
		if (i != HOLE)
			give_back(i);
	ok(is_none(2), "every other frame makes no row");
	for (uint64_t i = 0; i < FRAMES; i++)
		if (i * 37 % FRAMES % 2)
			give_back(i * 37 % FRAMES);
	ok(take(HOLE) && take(FRAMES - HOLE - 1) && is_none(1),
	   "frames that came back in any order are the rows from before");
	begin();
	ok(take(HOLE - 1) && take(FRAMES - HOLE - 1), "all but one in rows");
	out[index_of(frame_allocate(frames))] = true;
	ok(frame_is_none(frame_allocate(frames)) && is_none(1),
	   "single frames come from what rows have left");
	return tap_end();
}
