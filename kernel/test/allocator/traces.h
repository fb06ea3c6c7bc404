/*
 * Traces: what programs ask of a heap, written down before any allocator runs,
 * so that every allocator gets the same calls.  For the score of lab 10, and for
 * the benchmarks, which measure with the very same traces.
 *
 * A trace has a scale, the bytes that its program has in use at most; it follows
 * from that, its kind and a seed alone.
 */
#ifndef TEST_ALLOCATOR_TRACES_H
#define TEST_ALLOCATOR_TRACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

/* The most calls that a trace has, and blocks that are in use at once. */
#define TRACE_CALLS 32768
#define TRACE_BLOCKS 16384

struct trace_call {
	uint32_t size; /* of the block to take; 0: give one back */
	uint16_t align;
	uint16_t block; /* which: below TRACE_BLOCKS */
};

struct trace {
	struct trace_call calls[TRACE_CALLS];
	size_t count;
	size_t peak; /* the most bytes that are in use at once */
};

struct trace_kind {
	const char *name;
	void (*write)(size_t scale);
};

/* All the kinds; what a program of each does is described above its function. */
#define TRACE_KINDS 7
extern const struct trace_kind trace_kinds[TRACE_KINDS];

/* The trace that was written last. */
extern struct trace trace;

/* Write one of at most that many calls, of a scale from 32 KiB to 1 MiB. */
void trace_write(const struct trace_kind *kind, size_t scale, size_t calls,
		 uint64_t seed);

/*
 * An allocator that a trace is played on: the three functions of
 * memory/allocator.h.
 */
struct trace_allocator {
	const char *name;
	void (*init)(void *start, size_t size);
	void *(*alloc)(struct layout layout);
	void (*dealloc)(void *block, struct layout layout);
};

/*
 * What to do around each call; NULL: nothing.  After a take, `block` is the block
 * taken; before a give, the one to be given back.
 */
struct trace_watcher {
	void (*begin)(void);
	void (*end)(void);
	void (*taken)(uint8_t *block, const struct trace_call *call);
	void (*given)(uint8_t *block, const struct trace_call *call);
};

/*
 * Play the trace in a heap of `size` bytes.  False if a block is refused; the
 * trace ends there.
 */
bool trace_play(const struct trace_allocator *allocator,
		const struct trace_watcher *watcher, void *heap, size_t size);

#endif
