/*
 * With the trap flag set, the processor traps behind each instruction ("Single-Step
 * Exception", Intel SDM volume 3B), which comes back as a signal.  That takes a
 * microsecond or several for each, so traces are short; but nothing disturbs the count.
 */
#define _DEFAULT_SOURCE
#include "longest.h"

#include <signal.h>

#include "lib/panic.h"

#define TRAP_FLAG 0x100

static const struct trace_allocator *counted;
static struct longest longest;
static volatile unsigned long steps;

static void count_step(int signal)
{
	(void)signal;
	steps++;
}

static void count_from_here(void)
{
	steps = 0;
	__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() |
				       TRAP_FLAG);
}

static unsigned long count_to_here(void)
{
	__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() &
				       ~(unsigned long long)TRAP_FLAG);
	return steps;
}

/* So the few instructions of this file around a call are counted, too. */
static void *stepped_alloc(struct layout layout)
{
	void *block;
	unsigned long count;

	count_from_here();
	block = counted->alloc(layout);
	count = count_to_here();
	if (count > longest.alloc)
		longest.alloc = count;
	return block;
}

static void stepped_dealloc(void *block, struct layout layout)
{
	unsigned long count;

	count_from_here();
	counted->dealloc(block, layout);
	count = count_to_here();
	if (count > longest.dealloc)
		longest.dealloc = count;
}

struct longest longest_calls(const struct trace_allocator *allocator,
			     void *heap, size_t size)
{
	struct trace_allocator stepped = { allocator->name, allocator->init,
					   stepped_alloc, stepped_dealloc };
	static const struct trace_watcher nobody;
	const struct layout first = { 64, 8 };

	counted = allocator;
	longest = (struct longest){ 0, 0 };
	signal(SIGTRAP, count_step);
	allocator->init(heap, size);
	allocator->dealloc(allocator->alloc(first), first);
	require(trace_play(&stepped, &nobody, heap, size),
		"a heap of %zu bytes is too small", size);
	return longest;
}
