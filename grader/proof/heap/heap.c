/*
 * usage: heap utilisation ALLOCATOR SCALE    a line a trace, and their geometric mean
 *        heap fill ALLOCATOR SIZE            how full a heap gets of one kind of block
 *        heap misuse ALLOCATOR               which bugs of its caller it notices
 *        heap play ALLOCATOR TRACE SCALE SEED   for a tool that counts instructions
 *        heap program ALLOCATOR <TEXT        its utilisation on what record.c wrote
 *        heap longest ALLOCATOR SCALE        what the longest calls take, a line a trace
 *
 * Every block's contents are checked when it goes, but for `play`.  SCALE and SIZE
 * are in KiB.  Besides those of traces.c there are the trace `program`, which is read
 * from TEXT, and of programs.h the pairs `between`, `alone` and `past`; what these have
 * for SCALE is passed over, but for `past`: how many holes.  Exit status: 0; 1 if an
 * allocator did wrong; 3 for bad usage.
 */
#define _DEFAULT_SOURCE
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "allocators.h"
#include "lib/panic.h"
#include "longest.h"
#include "programs.h"

#define SEEDS 7
#define LARGEST_HEAP (64u << 20)
#define STEPPED_CALLS 1000 /* of a trace: each instruction of theirs is a signal */

static uint8_t *heap;

/* ---- The allocators -------------------------------------------------------- */

static void library_allocator_init(void *start, size_t size)
{
	(void)start;
	(void)size;
}

static void *library_alloc(struct layout layout)
{
	if (layout.align <= _Alignof(max_align_t))
		return malloc(layout.size);
	return aligned_alloc(layout.align, layout.size);
}

static void library_dealloc(void *block, struct layout layout)
{
	(void)layout;
	free(block);
}

static const struct trace_allocator allocators[] = {
	ENTRY(bump), ENTRY(list), ENTRY(blocks), ENTRY(summit), ENTRY(library),
};

static const struct trace_allocator *allocator;

/* ---- What a panic of theirs comes to ---------------------------------------- */

static jmp_buf misuse;
static bool is_misused;

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list values;

	if (is_misused)
		longjmp(misuse, 1);
	fprintf(stderr, "%s: %s:%d: ", allocator->name, file, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	exit(1);
}

/* ---- Contents ---------------------------------------------------------------- */

static uint8_t byte_of(const struct trace_call *call)
{
	return (uint8_t)(call->block * 31 + call->size);
}

static void fill(uint8_t *block, const struct trace_call *call)
{
	require((uintptr_t)block % call->align == 0, "%p is not aligned to %u",
		(void *)block, call->align);
	memset(block, byte_of(call), call->size);
}

static void look(uint8_t *block, const struct trace_call *call)
{
	for (uint32_t i = 0; i < call->size; i++)
		require(block[i] == byte_of(call),
			"byte %u of the %u at %p has changed", i, call->size,
			(void *)block);
}

static const struct trace_watcher careful = { .taken = fill, .given = look };

/* ---- Utilisation ------------------------------------------------------------- */

/* What of the memory that the trace needs at least its program has in use. */
static double utilisation_of_trace(void)
{
	size_t too_small = trace.peak - 1, enough = trace.peak;

	while (!trace_play(allocator, &careful, heap, enough)) {
		too_small = enough;
		enough += enough / 2;
		if (enough > LARGEST_HEAP)
			return 0;
	}
	while (enough - too_small > trace.peak / 1024) {
		size_t size = too_small + (enough - too_small) / 2;

		if (trace_play(allocator, &careful, heap, size))
			enough = size;
		else
			too_small = size;
	}
	return (double)trace.peak / (double)enough;
}

static int utilisation(size_t scale)
{
	double logarithms = 0;

	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		double sum = 0;

		for (uint64_t seed = 1; seed <= SEEDS; seed++) {
			trace_write(&trace_kinds[kind], scale, TRACE_CALLS, seed);
			sum += utilisation_of_trace();
		}
		printf("%s %.1f\n", trace_kinds[kind].name, 100 * sum / SEEDS);
		logarithms += log(sum / SEEDS);
	}
	printf("mean %.1f\n", 100 * exp(logarithms / TRACE_KINDS));
	return 0;
}

/* ---- Fill until full ----------------------------------------------------------- */

static struct layout page(size_t number)
{
	(void)number;
	return (struct layout){ 4096, 4096 };
}

static struct layout power_of_two(size_t number)
{
	return (struct layout){ 8ull << number * 7 % 9, 8 };
}

static struct layout mixed(size_t number)
{
	return (struct layout){ 1 + number * 7919 % 2000, 8 };
}

static int fill_until_full(size_t size)
{
	static const struct {
		const char *name;
		struct layout (*next)(size_t number);
	} kinds[] = { { "pages", page }, { "powers", power_of_two },
		      { "mix", mixed } };

	for (size_t kind = 0; kind < 3; kind++) {
		size_t used = 0;

		allocator->init(heap, size);
		for (size_t number = 1;; number++) {
			struct layout layout = kinds[kind].next(number);

			if (!allocator->alloc(layout))
				break;
			used += layout.size;
		}
		printf("%s %.1f\n", kinds[kind].name,
		       100.0 * (double)used / (double)size);
	}
	return 0;
}

/* ---- Misuse -------------------------------------------------------------------- */

static const struct layout layout = { 64, 8 };

static void double_free(uint8_t **blocks)
{
	allocator->dealloc(blocks[1], layout);
	allocator->dealloc(blocks[1], layout);
}

/* The block has become part of a larger free one. */
static void merged_double_free(uint8_t **blocks)
{
	allocator->dealloc(blocks[1], layout);
	allocator->dealloc(blocks[2], layout);
	allocator->dealloc(blocks[3], layout);
	allocator->dealloc(blocks[2], layout);
}

static void interior_free(uint8_t **blocks)
{
	allocator->dealloc(blocks[2] + 16, (struct layout){ 48, 8 });
}

static int find_misuse(void)
{
	static void (*const bugs[])(uint8_t **) = {
		double_free, merged_double_free, interior_free
	};
	static const char *const names[] = { "double", "merged", "interior" };

	for (volatile size_t i = 0; i < 3; i++) {
		uint8_t *blocks[5];

		allocator->init(heap, 65536);
		for (size_t j = 0; j < 5; j++)
			blocks[j] = allocator->alloc(layout);
		is_misused = true;
		if (setjmp(misuse) == 0) {
			bugs[i](blocks);
			printf("%s missed\n", names[i]);
		} else {
			printf("%s found\n", names[i]);
		}
		is_misused = false;
	}
	return 0;
}

/* ---- For a tool that counts ---------------------------------------------------- */

__attribute__((noinline)) static void *counted_alloc(struct layout request)
{
	return allocator->alloc(request);
}

__attribute__((noinline)) static void counted_dealloc(void *block,
						      struct layout request)
{
	allocator->dealloc(block, request);
}

/* How many calls of each function there will be. */
static void print_calls(void)
{
	size_t taken = 0;

	for (size_t i = 0; i < trace.count; i++)
		taken += trace.calls[i].size != 0;
	printf("alloc %zu\ndealloc %zu\n", taken, trace.count - taken);
}

/* Write the trace of that name; false if there is none. */
static bool write_trace(const char *name, size_t scale, uint64_t seed)
{
	if (!strcmp(name, "program"))
		return program_read(stdin);
	if (!strcmp(name, "past"))
		return pairs_write_past(scale / 1024);
	if (!strcmp(name, "between") || !strcmp(name, "alone")) {
		pairs_write(!strcmp(name, "between"));
		return true;
	}
	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		if (strcmp(trace_kinds[kind].name, name) != 0)
			continue;
		trace_write(&trace_kinds[kind], scale, TRACE_CALLS, seed);
		return true;
	}
	return false;
}

static int play(const char *name, size_t scale, uint64_t seed)
{
	struct trace_allocator counted = { name, allocator->init,
					   counted_alloc, counted_dealloc };
	static const struct trace_watcher nobody;

	if (!write_trace(name, scale, seed))
		return 3;
	print_calls();
	return !trace_play(&counted, &nobody, heap, LARGEST_HEAP);
}

static int program(void)
{
	if (!program_read(stdin))
		return 3;
	printf("%.1f\n", 100 * utilisation_of_trace());
	return 0;
}

static int longest_of_all(size_t scale)
{
	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		struct longest longest;

		trace_write(&trace_kinds[kind], scale, STEPPED_CALLS, 1);
		longest = longest_calls(allocator, heap, LARGEST_HEAP);
		printf("%s %lu %lu\n", trace_kinds[kind].name, longest.alloc,
		       longest.dealloc);
	}
	return 0;
}

static int run(int count, char **words)
{
	if (count == 4 && !strcmp(words[1], "utilisation"))
		return utilisation(strtoul(words[3], NULL, 10) * 1024);
	if (count == 4 && !strcmp(words[1], "fill"))
		return fill_until_full(strtoul(words[3], NULL, 10) * 1024);
	if (count == 3 && !strcmp(words[1], "program"))
		return program();
	if (count == 4 && !strcmp(words[1], "longest"))
		return longest_of_all(strtoul(words[3], NULL, 10) * 1024);
	if (count == 3 && !strcmp(words[1], "misuse"))
		return find_misuse();
	if (count == 6 && !strcmp(words[1], "play"))
		return play(words[3], strtoul(words[4], NULL, 10) * 1024,
			    strtoul(words[5], NULL, 10));
	return 3;
}

int main(int count, char **words)
{
	heap = mmap(NULL, LARGEST_HEAP, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	for (size_t i = 0; count > 2 && i < sizeof(allocators) /
						   sizeof(allocators[0]); i++)
		if (!strcmp(allocators[i].name, words[2]))
			allocator = &allocators[i];
	return allocator ? run(count, words) : 3;
}
