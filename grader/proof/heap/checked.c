/*
 * Plays all traces on our solution of 10-summit, and walks through its books now and
 * then.  Compiled with the solution in front of it (-include), whose words these are.
 *
 * usage: checked [PROGRAM...]     each a file as record.c writes it, played as well
 *
 * Exit status: 0; 1 if a check fails, with what it says; 3 if a file is no trace.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "programs.h"
#include "test/allocator/traces.h"

#define CALLS 6000
#define CALLS_A_CHECK 32
#define PROGRAM_CALLS_A_CHECK 1024

static char memory[3 << 20];
static unsigned calls_a_check = CALLS_A_CHECK;

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list values;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	exit(1);
}

/* What ends here is in use: where it begins. */
static uint64_t *used_begin(uint64_t *end)
{
	do
		end--;
	while (end > heap.start && !(map_look(end) & 2));
	require(map_look(end) & 2, "a block in use has no beginning");
	return end;
}

/* What ends here is free: its books say the same at both ends, and in its bin. */
static uint64_t *free_begin(uint64_t *end)
{
	uint64_t size = end[-1] & 1 ? end[-1] / 2 : 2;
	struct free_block *block = (struct free_block *)(end - size);
	unsigned bin = bin_of(size);

	require(size && size <= (uint64_t)(end - heap.start),
		"%lu free granules end at %p", size, (void *)end);
	require(size == 1 || *block->link == block,
		"%p, %lu granules, is in no bin", (void *)block, size);
	require(size < EXACT || block->mark == end[-1],
		"%p does not begin as it ends, with %lu", (void *)block, end[-1]);
	require(size == 1 || heap.filled[bin / 64] >> bin % 64 & 1,
		"bin %u is not empty, and counts as empty", bin);
	return end - size;
}

/* The invariants, from the top down: map, marks and bins say the same. */
static void heap_check(void)
{
	bool is_above_free = false;

	for (uint64_t *end = heap.start + heap.size; end > heap.start;) {
		bool is_free = map_look(end) & 1;

		require(!is_free || !is_above_free,
			"what is free on both sides of %p is not joined",
			(void *)end);
		end = is_free ? free_begin(end) : used_begin(end);
		is_above_free = is_free;
	}
}

static void check(void)
{
	static unsigned calls;

	if (++calls % calls_a_check == 0)
		heap_check();
}

static bool play(const char *name, size_t size)
{
	static const struct trace_allocator summit = { "summit", allocator_init,
						       alloc, dealloc };
	static const struct trace_watcher checking = { .end = check };

	if (!trace_play(&summit, &checking, memory, size))
		return false;
	printf("%s: %zu calls\n", name, trace.count);
	return true;
}

int main(int count, char **words)
{
	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		trace_write(&trace_kinds[kind], 100 * 1024, CALLS, 1);
		if (!play(trace_kinds[kind].name, 1 << 20))
			return 1;
	}
	calls_a_check = PROGRAM_CALLS_A_CHECK;
	for (int i = 1; i < count; i++) {
		FILE *file = fopen(words[i], "r");

		if (!file || !program_read(file))
			return 3;
		fclose(file);
		if (!play(words[i], sizeof(memory)))
			return 1;
	}
	return 0;
}
