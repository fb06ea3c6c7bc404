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
 * Call function; true if it called isolate_caught, false if it returned.  After the
 * former nothing is left of what the submission's variables were.
 */
bool isolate_catch(void (*function)(void));
_Noreturn void isolate_caught(void);

/*
 * A failure is reported next: whatever else runs on this machine stops, so that there is
 * one report and nothing changes what it tells of.
 */
void isolate_stop_others(void);

/*
 * A call of the submission has returned: the next one has all of its time, which is
 * what makes an endless one a hang.  From what is made of the lab's api.
 */
void isolate_call_returned(void);

/* Whether this is the machine itself, where hardware behaves like hardware. */
bool isolate_has_hardware(void);

/*
 * How often to do what a test wants to do so many times: a part of it where
 * every call is a conversation between processes.
 */
uint64_t isolate_repetitions(uint64_t wanted);

/*
 * Map the heap region, and as much behind it as makes it so many bytes, at most
 * TEST_LARGEST_HEAP; for test_heap_of.
 */
void isolate_map_heap(size_t size);

#endif
