#include "test/frames.h"

#include "lib/string.h"
#include "machine.h"
#include "test/test.h"

/* All but the last one, which is the root of the test's page tables. */
#define FRAMES_TO_GIVE (TEST_FRAMES - 1)

/*
 * Requests in a row get frames that lie this many apart, so that nobody can
 * rely on neighbours; a prime number, so that every frame gets its turn.
 */
#define STRIDE 181

_Static_assert(FRAMES_TO_GIVE % STRIDE, "the stride must reach every frame");

static const struct rule give_back_rule = {
	"source-1",
	"a frame is given back once, to the source that it came from",
};

static struct {
	struct frame_source source; /* first, so that one pointer serves */
	struct mapper mapper;
	struct frame first;
	bool in_use[FRAMES_TO_GIVE];
	uint64_t in_use_count;
	uint64_t requests;
	uint64_t requests_until_failure;
	uint64_t next; /* where the search for a free frame begins */
} frames;

/* The frame of that index, and the index of that frame (or FRAMES_TO_GIVE). */
static struct frame frame_at(uint64_t index)
{
	return (struct frame){ frames.first.start + index * PAGE_SIZE };
}

static uint64_t index_of(struct frame frame)
{
	uint64_t offset = frame.start - frames.first.start;

	if (offset % PAGE_SIZE || offset / PAGE_SIZE >= FRAMES_TO_GIVE)
		return FRAMES_TO_GIVE;
	return offset / PAGE_SIZE;
}

/* Read as page table entries, garbage is present and huge at every level. */
static void fill_with_garbage(struct frame frame)
{
	memset(machine_frame_memory(frame), TEST_GARBAGE, PAGE_SIZE);
}

static struct frame allocate(struct frame_source *source)
{
	(void)source;
	frames.requests++;
	if (frames.requests_until_failure == 0)
		return NO_FRAME;
	if (frames.requests_until_failure != TEST_FRAMES_NEVER_FAIL)
		frames.requests_until_failure--;
	for (uint64_t i = 0; i < FRAMES_TO_GIVE; i++) {
		uint64_t index = frames.next;

		frames.next = (frames.next + STRIDE) % FRAMES_TO_GIVE;
		if (frames.in_use[index])
			continue;
		frames.in_use[index] = true;
		frames.in_use_count++;
		fill_with_garbage(frame_at(index));
		return frame_at(index);
	}
	return NO_FRAME;
}

static void deallocate(struct frame_source *source, struct frame frame)
{
	uint64_t index = index_of(frame);

	(void)source;
	check(&give_back_rule, index < FRAMES_TO_GIVE,
	      "a frame that this source handed out", "frame 0x%llx",
	      (unsigned long long)frame.start);
	check(&give_back_rule, frames.in_use[index], "a frame that is in use",
	      "frame 0x%llx, which is free", (unsigned long long)frame.start);
	frames.in_use[index] = false;
	frames.in_use_count--;
	fill_with_garbage(frame);
}

struct frame_source *test_frames(void)
{
	return &frames.source;
}

const struct mapper *test_mapper(void)
{
	return &frames.mapper;
}

void test_frames_fail_after(uint64_t requests)
{
	frames.requests_until_failure = requests;
}

struct frame test_memory(void)
{
	return frame_at(TEST_FRAMES);
}

uint64_t test_frames_in_use(void)
{
	return frames.in_use_count;
}

uint64_t test_frames_requests(void)
{
	return frames.requests;
}

bool test_frames_is_in_use(struct frame frame)
{
	uint64_t index = index_of(frame);

	return index < FRAMES_TO_GIVE && frames.in_use[index];
}

void test_frames_reset(struct frame first)
{
	memset(&frames, 0, sizeof(frames));
	frames.source = (struct frame_source){ allocate, deallocate };
	frames.first = first;
	frames.requests_until_failure = TEST_FRAMES_NEVER_FAIL;
	frames.mapper.root = frame_at(FRAMES_TO_GIVE);
	machine_make_root(frames.mapper.root);
	machine_set_root(frames.mapper.root);
}
