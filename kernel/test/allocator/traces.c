#include "test/allocator/traces.h"

struct trace trace;

/* ---- Chance ----------------------------------------------------------------- */

/* Vigna's xorshift64*: the same numbers on every machine. */
static uint64_t state;

static uint64_t below(uint64_t bound)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545f4914f6cdd1dull >> 32) % bound;
}

static bool one_in(uint64_t many)
{
	return below(many) == 0;
}

/* ---- Writing calls ------------------------------------------------------------ */

/* The blocks in use, and which numbers for blocks are not in use. */
static struct layout layouts[TRACE_BLOCKS];
static uint16_t live[TRACE_BLOCKS], spare[TRACE_BLOCKS];
static size_t live_count, bytes;
static size_t most_calls;

static bool has_room_for(size_t calls)
{
	return trace.count + calls <= most_calls;
}

/* Write down that a block is taken; it becomes the last of `live`. */
static void take(size_t size, size_t align)
{
	uint16_t block = spare[live_count];

	trace.calls[trace.count++] =
		(struct trace_call){ (uint32_t)size, (uint16_t)align, block };
	layouts[block] = (struct layout){ size, align };
	live[live_count++] = block;
	bytes += size;
	if (bytes > trace.peak)
		trace.peak = bytes;
}

/* Write down that live[index] is given back; the others keep their order. */
static void give(size_t index)
{
	uint16_t block = live[index];

	trace.calls[trace.count++] =
		(struct trace_call){ 0, (uint16_t)layouts[block].align, block };
	bytes -= layouts[block].size;
	live_count--;
	for (size_t i = index; i < live_count; i++)
		live[i] = live[i + 1];
	spare[live_count] = block;
}

/* ---- Layouts -------------------------------------------------------------------- */

/* At most 12 KiB, and of a small heap a sixteenth. */
static size_t largest_usual;

/*
 * Sizes as programs have them: most are a few words, many a line of text, few a page
 * or more.
 */
static size_t usual_size(void)
{
	uint64_t kind = below(100);

	if (kind < 60)
		return 1 + below(64);
	if (kind < 85)
		return 1 + below(256);
	if (kind < 96)
		return 1 + below(1024);
	if (kind < 99)
		return 1 + below(4096);
	return 1 + below(largest_usual);
}

/* What a compiler asks for: a size of no whole words needs none; few ask for more. */
static size_t usual_align(size_t size)
{
	if (one_in(128))
		return 64;
	if (size >= 16 && one_in(32))
		return 16;
	if (size % 8 == 0 || size > 64)
		return 8;
	return size % 4 == 0 ? 4 : 1;
}

static void take_usual(void)
{
	size_t size = usual_size();

	take(size, usual_align(size));
}

/* ---- The kinds ------------------------------------------------------------------- */

/*
 * A program that fills its memory, and then takes and gives back blocks of all sizes
 * in no order.
 */
static void write_random(size_t scale)
{
	while (has_room_for(2)) {
		size_t size = usual_size();

		while (bytes + size > scale && has_room_for(2))
			give(below(live_count));
		take(size, usual_align(size));
	}
}

/* A queue: what was taken first is given back first. */
static void write_fifo(size_t scale)
{
	while (has_room_for(2)) {
		size_t size = usual_size();

		while (bytes + size > scale && has_room_for(2))
			give(0);
		take(size, usual_align(size));
	}
}

/* A stack that grows and shrinks in waves: what was taken last is given back first. */
static void write_lifo(size_t scale)
{
	while (has_room_for(2)) {
		size_t low = below(scale / 2), high = low + below(scale - low);

		while (bytes < high && has_room_for(2))
			take_usual();
		while (bytes > low && has_room_for(2))
			give(live_count - 1);
	}
}

/*
 * Designed to leave holes: many small blocks, every other one given back, then blocks
 * that fit no hole; and again, with larger ones.
 */
static void write_holes(size_t scale)
{
	size_t most = scale / 2;

	for (size_t size = 24; size <= scale / 64; size *= 2) {
		while (bytes + size + 40 <= most && has_room_for(8))
			take(size + 8 * below(5), 8);
		for (size_t i = live_count; i > 2 && has_room_for(8); i -= 2)
			give(i - 2);
		most += (scale - most) / 2;
	}
	write_random(scale);
}

/* Whole pages at multiples of a page, between small blocks: a kernel's tables. */
static void write_pages(size_t scale)
{
	while (has_room_for(8)) {
		size_t size = one_in(6) ? 4096ull << one_in(8) : 16 + below(200);

		while (bytes + size > scale && has_room_for(8))
			give(below(live_count));
		take(size, size >= 4096 ? 4096 : 8);
	}
}

/* One vector grows: a larger block is taken, and the old one given back. */
static void grow(size_t index, size_t most)
{
	size_t size = layouts[live[index]].size;

	if (2 * size > most) {
		give(index);
		take(16 + 8 * below(6), 8);
		return;
	}
	take(2 * size, 8);
	give(index);
}

/* Vectors that grow by doubling, side by side, among blocks of other kinds. */
static void write_growth(size_t scale)
{
	size_t vectors = 24, most = scale / 8;

	for (size_t i = 0; i < vectors; i++)
		take(16 + 8 * below(6), 8);
	while (has_room_for(8)) {
		while (bytes + most > scale && has_room_for(8))
			give(below(live_count));
		if (live_count && !one_in(3))
			grow(below(live_count), most);
		else
			take_usual();
	}
}

/*
 * A program in phases: each has sizes of its own, and one in eight of its blocks
 * stays for long.
 */
static void write_phases(size_t scale)
{
	while (has_room_for(8)) {
		size_t size = 8 + below(8ull << below(7));

		for (size_t i = 0; i < 2000 && bytes + 2 * size < scale &&
				   has_room_for(8); i++)
			take(size + below(size / 2 + 1), 8);
		for (size_t i = live_count; i-- > 0 && has_room_for(8);)
			if (!one_in(8))
				give(i);
	}
}

const struct trace_kind trace_kinds[TRACE_KINDS] = {
	{ "random", write_random }, { "fifo", write_fifo },
	{ "lifo", write_lifo },	    { "holes", write_holes },
	{ "pages", write_pages },   { "growth", write_growth },
	{ "phases", write_phases },
};

void trace_write(const struct trace_kind *kind, size_t scale, size_t calls,
		 uint64_t seed)
{
	state = seed * 0x9e3779b97f4a7c15ull + 1;
	largest_usual = scale < 16 * 12288 ? scale / 16 : 12288;
	for (size_t i = 0; i < TRACE_BLOCKS; i++)
		spare[i] = (uint16_t)i;
	most_calls = calls < TRACE_CALLS ? calls : TRACE_CALLS;
	live_count = 0;
	bytes = 0;
	trace.count = 0;
	trace.peak = 0;
	kind->write(scale);
}

/* ---- Playing --------------------------------------------------------------------- */

static struct {
	uint8_t *memory;
	struct trace_call call;
} blocks[TRACE_BLOCKS];

static bool play_take(const struct trace_allocator *allocator,
		      const struct trace_watcher *watcher,
		      const struct trace_call *call)
{
	struct layout layout = { call->size, call->align };
	uint8_t *memory;

	if (watcher->begin)
		watcher->begin();
	memory = allocator->alloc(layout);
	if (watcher->end)
		watcher->end();
	if (!memory)
		return false;
	blocks[call->block].memory = memory;
	blocks[call->block].call = *call;
	if (watcher->taken)
		watcher->taken(memory, call);
	return true;
}

static void play_give(const struct trace_allocator *allocator,
		      const struct trace_watcher *watcher, uint16_t block)
{
	const struct trace_call *taken = &blocks[block].call;
	uint8_t *memory = blocks[block].memory;

	if (watcher->given)
		watcher->given(memory, taken);
	if (watcher->begin)
		watcher->begin();
	allocator->dealloc(memory, (struct layout){ taken->size, taken->align });
	if (watcher->end)
		watcher->end();
}

bool trace_play(const struct trace_allocator *allocator,
		const struct trace_watcher *watcher, void *heap, size_t size)
{
	allocator->init(heap, size);
	for (size_t i = 0; i < trace.count; i++) {
		const struct trace_call *call = &trace.calls[i];

		if (call->size == 0)
			play_give(allocator, watcher, call->block);
		else if (!play_take(allocator, watcher, call))
			return false;
	}
	return true;
}
