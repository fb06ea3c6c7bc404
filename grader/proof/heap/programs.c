#include "programs.h"

#include <stdlib.h>
#include <string.h>

#include "test/allocator/traces.h"

/* Of each block that was taken: the number it has in the trace, and its layout. */
static struct {
	uint16_t block;
	struct layout layout;
} taken[TRACE_CALLS];

static uint16_t spare[TRACE_BLOCKS];
static size_t taken_count, live_count, bytes;

static void begin(void)
{
	for (size_t i = 0; i < TRACE_BLOCKS; i++)
		spare[i] = (uint16_t)i;
	taken_count = live_count = bytes = 0;
	trace.count = trace.peak = 0;
}

static bool take(size_t size, size_t align)
{
	uint16_t block = spare[live_count];

	if (live_count + 1 >= TRACE_BLOCKS || !size || size > UINT32_MAX)
		return false;
	live_count++;
	taken[taken_count].block = block;
	taken[taken_count++].layout = (struct layout){ size, align };
	trace.calls[trace.count++] = (struct trace_call){
		(uint32_t)size, (uint16_t)align, block
	};
	bytes += size;
	if (bytes > trace.peak)
		trace.peak = bytes;
	return true;
}

/* Give back what was taken so many takes ago; the last has 1. */
static bool give(size_t ago)
{
	size_t index = taken_count - ago;

	if (ago < 1 || ago > taken_count || !taken[index].layout.size)
		return false;
	spare[--live_count] = taken[index].block;
	bytes -= taken[index].layout.size;
	trace.calls[trace.count++] = (struct trace_call){
		0, (uint16_t)taken[index].layout.align, taken[index].block
	};
	taken[index].layout.size = 0;
	return true;
}

bool program_read(FILE *file)
{
	char line[64];

	begin();
	while (trace.count < TRACE_CALLS && fgets(line, sizeof(line), file)) {
		char *slash = strchr(line, '/');
		size_t align = slash ? strtoul(slash + 1, NULL, 10) : 8;

		if (line[0] == '-' ? !give(strtoul(line + 1, NULL, 10)) :
				     !take(strtoul(line, NULL, 10), align))
			return false;
	}
	return trace.count > 0;
}

/* A block of 64 bytes is taken and given back, to the trace's end. */
static void write_pairs(void)
{
	while (trace.count + 2 <= TRACE_CALLS) {
		take(64, 8);
		give(1);
	}
}

void pairs_write(bool between)
{
	begin();
	for (size_t i = 0; between && i < 100; i++)
		take(64, 8);
	for (size_t i = 50; between && i < 100; i += 2)
		give(i);
	write_pairs();
}

bool pairs_write_past(size_t holes)
{
	bool done = true;

	begin();
	for (size_t i = 0; done && i < holes; i++)
		done = take(48, 8) && take(16, 8);
	for (size_t i = 1; done && i <= holes; i++)
		give(2 * i);
	write_pairs();
	return done;
}
