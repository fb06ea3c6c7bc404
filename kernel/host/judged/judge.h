/*
 * The judge's side of a judged run: the tests call the lab's functions as always,
 * and stubs pass each call to the player's process.  The stubs are made from the
 * lab's api by grader/build/stubs.awk; this is what they are made of.
 *
 * What comes back was written by the submission's process: a stub gets a copy,
 * and whatever it lets the tests follow or look at has been checked.
 */
#ifndef HOST_JUDGED_JUDGE_H
#define HOST_JUDGED_JUDGE_H

#include <stddef.h>
#include <stdint.h>

#include "host/judged/channel.h"
#include "lib/panic.h"
#include "lib/verdict.h"
#include "memory/frame_source.h"

/*
 * What the judge itself finds wrong ends the test, even one that expects a panic: that
 * has to be the submission's.
 */
#define judge_require(condition, ...)                   \
	do {                                            \
		if (!(condition)) {                     \
			runner_verdict("failed");       \
			panic(__VA_ARGS__);             \
		}                                       \
	} while (0)

/*
 * Call the function of that number in the api.  The arguments are copied to the
 * player, and its results back, at most CALL_BYTES of each.  Requests for
 * frames are passed on to `frames`, which may be NULL for functions that take
 * none.  Returns only if the function did: a submission that panics, crashes or
 * hangs ends the test.
 */
void judge_call(uint64_t function, const void *arguments, size_t arguments_size,
		void *results, size_t results_size, struct frame_source *frames);

/* How many bytes from HEAP_START on are for the tests and the player: 0 at first. */
void judge_set_heap_size(size_t size);

/*
 * Panics unless the pointer that a function of that name returned is NULL, or
 * `size` bytes from there lie in the heap: the tests write to blocks, and their
 * own memory is not for the player.
 */
void judge_heap(const char *function, const void *pointer, size_t size);

/* Make a bool that came back 0 or 1: any other value of it is undefined behaviour. */
void judge_bool(bool *value);

/*
 * Bytes that a test owns, of which the player gets a copy; the heap is shared, so
 * what lies there is not copied, and NULL stays NULL.
 */
void judge_bytes(struct call_bytes *argument, const void *bytes, size_t size);

/* The same bytes as the function left them; size is what judge_bytes was given. */
void judge_bytes_back(void *bytes, const struct call_bytes *argument,
		      const struct call_bytes *result, size_t size);

/* Panics if what the function must not change is no longer the same. */
void judge_same(const char *what, const void *before, const void *after,
		size_t size);

/* A string of at most MESSAGE_TEXT - 1 characters. */
void judge_text(struct call_text *argument, const char *text);

#endif
