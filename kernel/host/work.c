#define _GNU_SOURCE

#include "host/work.h"

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "runner/isolate.h"

#define TICK_MICROSECONDS 50000
#define TICKS_OF_CALL 40
#define TICKS_ONCE_HUNG 4

volatile bool isolate_in_call;

static volatile sig_atomic_t ticks; /* since a call has returned */
static bool has_hung;
static void (*end)(int signal);

unsigned work_left(void)
{
	struct rusage used;
	unsigned seconds, left;

	getrusage(RUSAGE_CHILDREN, &used);
	seconds = (unsigned)(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
	left = seconds < WORK_OF_ALL ? WORK_OF_ALL - seconds : 1;
	return left < WORK_OF_TEST ? left : WORK_OF_TEST;
}

bool work_limit(unsigned seconds)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CPU, &limit))
		return false;
	limit.rlim_cur = seconds < limit.rlim_max ? seconds : limit.rlim_max;
	return setrlimit(RLIMIT_CPU, &limit) == 0;
}

void isolate_call_returned(void)
{
	isolate_in_call = false;
	ticks = 0;
}

static void tick(int signal)
{
	bool is_short = has_hung && isolate_in_call;

	ticks += is_short ? TICKS_OF_CALL / TICKS_ONCE_HUNG : 1;
	if (ticks > TICKS_OF_CALL)
		end(signal);
}

bool work_watch_calls(bool hung_before, void (*too_long)(int signal))
{
	const struct timeval interval = { .tv_usec = TICK_MICROSECONDS };
	const struct itimerval timer = { interval, interval };
	const struct sigaction action = { .sa_handler = tick,
					  .sa_flags = SA_ONSTACK | SA_RESTART };

	has_hung = hung_before;
	end = too_long;
	return sigaction(SIGPROF, &action, NULL) == 0 &&
	       setitimer(ITIMER_PROF, &timer, NULL) == 0;
}
