/*
 * The score: how much of its heap an allocator can use, and what its calls cost, each
 * beside our solution, which is compiled and measured in the same run.
 */
#include "score.h"

#include "lib/string.h"
#include "runner/isolate.h"
#include "test/allocator/traces.h"
#include "test/hardware.h"
#include "test/test.h"

/* Our solution (see the lab's api). */
void reference_allocator_init(void *start, size_t size);
void *reference_alloc(struct layout layout);
void reference_dealloc(void *block, struct layout layout);

/*
 * The submission's own functions.  Everybody else calls them through what tells the
 * watchdog that they have returned, which would be counted.  The linker knows them
 * by these names on the machine only.
 */
__attribute__((weak)) void __real_allocator_init(void *start, size_t size);
__attribute__((weak)) void *__real_alloc(struct layout layout);
__attribute__((weak)) void __real_dealloc(void *block, struct layout layout);

#define SCALE (100 * 1024)
#define CALLS 2500
#define SEED 10
#define ATTEMPTS 3

/* QEMU's -icount shift=7: an instruction takes 2^7 ns, and the clock counts ns. */
#define CLOCK_PER_INSTRUCTION 128

/* ---- What is measured ------------------------------------------------------- */

struct figures {
	uint64_t utilisation; /* per mille, mean of the traces; 0 if one fails */
	uint64_t calls, instructions; /* of all traces together */
	uint64_t worst; /* instructions of a single call */
};

static uint64_t began, overhead;
static uint64_t least[CALLS]; /* of each call, what it took in the fastest attempt */
static size_t call;

static void watch_begin(void)
{
	began = hardware_clock();
}

static void watch_end(void)
{
	uint64_t took = hardware_clock() - began;

	if (took < least[call])
		least[call] = took;
	call++;
	isolate_call_returned();
}

static void nothing_init(void *start, size_t size)
{
	(void)start;
	(void)size;
}

static void *nothing_alloc(struct layout layout)
{
	static char block;

	(void)layout;
	return &block;
}

static void nothing_dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
}

static const struct trace_allocator nothing = { "nothing", nothing_init,
						nothing_alloc, nothing_dealloc };
static const struct trace_watcher counting = { .begin = watch_begin,
					       .end = watch_end };
static const struct trace_watcher returning = { .end = isolate_call_returned };

/* The smallest heap that the trace can be played in, but for a hundredth; or 0. */
static size_t smallest_heap(const struct trace_allocator *allocator, void *heap)
{
	size_t too_small = trace.peak - 1, enough = trace.peak;

	while (!trace_play(allocator, &returning, heap, enough)) {
		too_small = enough;
		enough += enough / 4;
		if (enough > TEST_LARGEST_HEAP)
			return 0;
	}
	while (enough - too_small > trace.peak / 128) {
		size_t size = too_small + (enough - too_small) / 2;

		if (trace_play(allocator, &returning, heap, size))
			enough = size;
		else
			too_small = size;
	}
	return enough;
}

/*
 * Count the instructions of each call.  The watchdog's timer strikes now and then and
 * adds its own, but hardly at the same call in several attempts.
 */
static void count_calls(const struct trace_allocator *allocator, void *heap)
{
	memset(least, 0xff, sizeof(least));
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		call = 0;
		trace_play(allocator, &counting, heap, TEST_LARGEST_HEAP);
	}
	for (size_t i = 0; i < trace.count; i++)
		least[i] = least[i] < overhead ? 0 : (least[i] - overhead) /
							CLOCK_PER_INSTRUCTION;
}

static void add_calls(struct figures *figures)
{
	figures->calls += trace.count;
	for (size_t i = 0; i < trace.count; i++) {
		figures->instructions += least[i];
		if (least[i] > figures->worst)
			figures->worst = least[i];
	}
}

static struct figures measure(const struct trace_allocator *allocator, void *heap)
{
	struct figures figures = { 0 };
	bool fails = false;

	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		size_t smallest;

		trace_write(&trace_kinds[kind], SCALE, CALLS, SEED);
		smallest = smallest_heap(allocator, heap);
		if (smallest == 0) {
			fails = true;
			continue;
		}
		figures.utilisation += 1000 * trace.peak / smallest;
		count_calls(allocator, heap);
		add_calls(&figures);
	}
	figures.utilisation = fails ? 0 : figures.utilisation / TRACE_KINDS;
	return figures;
}

/* What the clock says of a call that does nothing. */
static uint64_t measure_overhead(void *heap)
{
	overhead = 0;
	trace_write(&trace_kinds[0], SCALE, CALLS, SEED);
	count_calls(&nothing, heap);
	return least[0] * CLOCK_PER_INSTRUCTION;
}

/* ---- What becomes of it ------------------------------------------------------ */

static uint64_t pair(const struct figures *figures)
{
	return figures->calls ? 2 * figures->instructions / figures->calls : 0;
}

/* A pair of calls, and an eighth of the longest. */
static uint64_t cost(const struct figures *figures)
{
	return pair(figures) + figures->worst / 8 + 1;
}

/*
 * 100 for what our solution has; more for a better one.  Half of it for utilisation
 * alone, squared, and half for the cost as well, of which at most a half counts.
 */
static uint64_t score_of(const struct figures *figures,
			 const struct figures *ours)
{
	uint64_t times = 1000 * cost(ours) / cost(figures);

	return 50 * figures->utilisation * figures->utilisation *
	       (1000 + (times > 2000 ? 2000 : times)) /
	       (1000 * ours->utilisation * ours->utilisation);
}

static void show(const char *what, uint64_t figure, uint64_t ours)
{
	test_show("%s: %llu, our solution: %llu", what,
		  (unsigned long long)figure, (unsigned long long)ours);
}

void score(void)
{
	static const struct trace_allocator submitted = {
		"submitted", __real_allocator_init, __real_alloc, __real_dealloc
	};
	static const struct trace_allocator reference = {
		"reference", reference_allocator_init, reference_alloc,
		reference_dealloc
	};
	struct figures figures, ours;
	void *heap;

	test_needs_hardware();
	heap = test_heap_of(TEST_LARGEST_HEAP);
	overhead = measure_overhead(heap);
	ours = measure(&reference, heap);
	figures = measure(&submitted, heap);
	show("per mille of the heap in use", figures.utilisation,
	     ours.utilisation);
	show("instructions of alloc and dealloc", pair(&figures), pair(&ours));
	show("instructions of the longest call", figures.worst, ours.worst);
	test_show("score: %llu",
		  (unsigned long long)score_of(&figures, &ours));
}
