#include "test/frames.h"

#include "lib/string.h"
#include "machine.h"
#include "test/page_walk.h"
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
static const struct rule free_rule = {
	"source-2",
	"a frame that was given back is nobody's: no entry leads to it, and "
	"nobody writes to it",
};
static const struct rule link_rule = {
	"source-3",
	"a table is all zeroes before an entry leads to it",
};

/* What the source knows of a frame. */
struct frame_state {
	bool in_use;
	struct frame_source *source; /* that handed it out */
	/* While it is free, which of its words are garbage and stay so. */
	bool all_garbage, first_garbage, last_garbage;
};

static struct {
	struct frame_source source, other_source;
	struct mapper mapper;
	struct frame first;
	struct frame_state of[FRAMES_TO_GIVE];
	uint64_t in_use_count;
	uint64_t requests;
	uint64_t requests_until_failure;
	uint64_t next; /* where the search for a free frame begins */
	struct frame watched_root; /* or NO_FRAME */
} frames;

/* ---- One frame --------------------------------------------------------------- */

/* Read as page table entries, garbage is present and huge at every level. */
#define GARBAGE_WORD (0x0101010101010101u * TEST_GARBAGE)
#define WORDS (PAGE_SIZE / sizeof(uint64_t))

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

static void fill_with_garbage(struct frame frame)
{
	memset(machine_frame_memory(frame), TEST_GARBAGE, PAGE_SIZE);
}

static void check_words(uint64_t index, size_t from, size_t to)
{
	const uint64_t *words = machine_frame_memory(frame_at(index));

	for (size_t i = from; i < to; i++)
		check(&free_rule, words[i] == GARBAGE_WORD,
		      "a free frame is as it was",
		      "0x%llx at offset %zu of the free frame 0x%llx",
		      (unsigned long long)words[i], i * sizeof(uint64_t),
		      (unsigned long long)frame_at(index).start);
}

static void check_untouched(uint64_t index)
{
	const struct frame_state *state = &frames.of[index];

	if (state->all_garbage)
		check_words(index, 0, WORDS);
	if (state->first_garbage)
		check_words(index, 0, 1);
	if (state->last_garbage)
		check_words(index, WORDS - 1, WORDS);
}

/* The words beside a frame that is handed out, if nobody has them. */
static void guard_neighbours(uint64_t index)
{
	struct frame_state *state = &frames.of[index];
	uint64_t *words = machine_frame_memory(frame_at(index));

	if (index > 0 && !state[-1].in_use) {
		state[-1].last_garbage = true;
		words[-1] = GARBAGE_WORD;
	}
	if (index + 1 < FRAMES_TO_GIVE && !state[1].in_use) {
		state[1].first_garbage = true;
		words[WORDS] = GARBAGE_WORD;
	}
}

/* ---- The sources --------------------------------------------------------------- */

static struct frame hand_out(uint64_t index, struct frame_source *source)
{
	check_untouched(index);
	frames.of[index] = (struct frame_state){ .in_use = true,
						 .source = source };
	frames.in_use_count++;
	fill_with_garbage(frame_at(index));
	guard_neighbours(index);
	return frame_at(index);
}

static struct frame allocate(struct frame_source *source)
{
	frames.requests++;
	check(&link_rule,
	      frame_is_none(frames.watched_root) ||
		      !page_walk_has_entry(frames.watched_root, GARBAGE_WORD),
	      "no garbage in a table that an entry leads to",
	      "0x%llx in one, when the next frame is asked for",
	      (unsigned long long)GARBAGE_WORD);
	if (frames.requests_until_failure == 0)
		return NO_FRAME;
	if (frames.requests_until_failure != TEST_FRAMES_NEVER_FAIL)
		frames.requests_until_failure--;
	for (uint64_t i = 0; i < FRAMES_TO_GIVE; i++) {
		uint64_t index = frames.next;

		frames.next = (frames.next + STRIDE) % FRAMES_TO_GIVE;
		if (!frames.of[index].in_use)
			return hand_out(index, source);
	}
	return NO_FRAME;
}

static void deallocate(struct frame_source *source, struct frame frame)
{
	uint64_t index = index_of(frame);
	unsigned long long start = frame.start;

	check(&give_back_rule, index < FRAMES_TO_GIVE,
	      "a frame that this source handed out", "frame 0x%llx", start);
	check(&give_back_rule, frames.of[index].in_use,
	      "a frame that is in use", "frame 0x%llx, which is free", start);
	check(&give_back_rule, frames.of[index].source == source,
	      "a frame that this source handed out",
	      "frame 0x%llx, which another one did", start);
	check(&free_rule,
	      frame_is_none(frames.watched_root) ||
		      !page_walk_leads_to(frames.watched_root, frame),
	      "no entry leads to a frame that is given back",
	      "an entry leads to frame 0x%llx", start);
	frames.of[index] = (struct frame_state){ .all_garbage = true };
	frames.in_use_count--;
	fill_with_garbage(frame);
}

void test_frames_check(void)
{
	for (uint64_t i = 0; i < FRAMES_TO_GIVE; i++)
		check_untouched(i);
}

void test_frames_watch(struct frame root)
{
	frames.watched_root = root;
}

struct frame_source *test_frames(void)
{
	return &frames.source;
}

struct frame_source *test_other_frames(void)
{
	return &frames.other_source;
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

	return index < FRAMES_TO_GIVE && frames.of[index].in_use;
}

bool test_frames_is_others(struct frame frame)
{
	uint64_t index = index_of(frame);

	return index < FRAMES_TO_GIVE &&
	       frames.of[index].source == &frames.other_source;
}

void test_frames_reset(struct frame first)
{
	memset(&frames, 0, sizeof(frames));
	frames.source = (struct frame_source){ allocate, deallocate };
	frames.other_source = frames.source;
	frames.watched_root = NO_FRAME;
	frames.first = first;
	frames.requests_until_failure = TEST_FRAMES_NEVER_FAIL;
	frames.mapper.root = frame_at(FRAMES_TO_GIVE);
	machine_make_root(frames.mapper.root);
	machine_set_root(frames.mapper.root);
}
