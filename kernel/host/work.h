/*
 * How much CPU time tests and calls may take, in the process that the
 * submission lives in.  It is counted in seconds of work, so that a busy computer does
 * not matter.
 */
#ifndef HOST_WORK_H
#define HOST_WORK_H

#include <stdbool.h>

/*
 * What the next process that this one starts for a test may take: WORK_OF_TEST seconds,
 * or as much as earlier ones have left of WORK_OF_ALL; at least a second.  All of it is
 * far above what an honest submission needs.
 */
#define WORK_OF_TEST 60u
#define WORK_OF_ALL 120u
unsigned work_left(void);

/*
 * Limit this process to that many seconds, by SIGXCPU, or to the sandbox's limit if that
 * is less; false if that is impossible.
 */
bool work_limit(unsigned seconds);

/*
 * From now on a call has two seconds, and each that returns (isolate_call_returned)
 * gives the next one as much; on a call without end `too_long` is called, in a
 * signal handler.  Once a test has hung it is a fifth of a second, because somebody
 * waits for every hang; a test's own work still has two.  False if that is impossible.
 */
bool work_watch_calls(bool hung_before, void (*too_long)(int signal));

#endif
