/*
 * How much of the processor's time tests and calls may take, in the process that the
 * submission lives in.  It is counted in seconds of work, so that a busy computer does
 * not matter.
 */
#ifndef HOST_WORK_H
#define HOST_WORK_H

#include <stdbool.h>

/*
 * What the next process may take that this one starts for a test: WORK_OF_TEST seconds,
 * or as much as earlier ones have left of WORK_OF_ALL; a second at least.  All of it is
 * far above what an honest submission needs.
 */
#define WORK_OF_TEST 60u
#define WORK_OF_ALL 120u
unsigned work_left(void);

/*
 * Bound this process to so many seconds, by SIGXCPU, or to the sandbox's bound if that
 * is less; false if that is impossible.
 */
bool work_limit(unsigned seconds);

/*
 * From now on a call has two seconds, and each that returns (isolate_call_returned)
 * gives the next one as much; a call without an end has `too_long` called, in a
 * signal's handler.  Once a test has hung it is a quarter of a second, for somebody
 * waits for all that hang.  False if that is impossible.
 */
bool work_watch_calls(bool has_hung, void (*too_long)(int signal));

#endif
