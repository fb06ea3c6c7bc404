/*
 * The seam between the runner and the machine: how a test is kept apart from
 * the next one.  The kernel restores the submission's variables and unwinds
 * the stack (guest/isolate_unwind.c); the host forks (host/isolate_fork.c).
 */
#ifndef RUNNER_ISOLATE_H
#define RUNNER_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Call function on a fresh machine; returns when it returns or ends early. */
void isolate_run(void (*function)(void));

/* End the function that isolate_run called; the caller has printed the verdict. */
_Noreturn void isolate_end(void);

/*
 * Call function; true if it called isolate_caught, false if it returned.  In the
 * former case nothing is left of what the submission's variables were.
 */
bool isolate_catch(void (*function)(void));
_Noreturn void isolate_caught(void);

/*
 * A failure is reported next: whatever else runs on this machine stops, so that there is
 * one report and nothing changes what it is about.
 */
void isolate_stop_others(void);

/*
 * A call of the submission is under way; it has returned, and the next one has its full
 * time, after which an endless one is a hang.  Set and called by what is made from the
 * lab's api.  What a test does itself between two calls has a call's full time, too.
 */
extern volatile bool isolate_in_call;
void isolate_call_returned(void);

/* Whether this is the machine itself, where hardware behaves like hardware. */
bool isolate_has_hardware(void);

/*
 * How often to do what a test wants to do that many times: a fraction of it where
 * every call is a round trip between processes.
 */
uint64_t isolate_repetitions(uint64_t wanted);

/*
 * Map the heap region, and enough behind it to make it that many bytes, at most
 * TEST_LARGEST_HEAP; for test_heap_of.
 */
void isolate_map_heap(size_t size);

#endif
