/*
 * Every test runs in a process of its own, forked from the runner: whatever it
 * does to the submission's variables, to physical memory or to itself is gone
 * afterwards.  The child prints its verdict, even when it dies: only the child
 * knows what is on its line already.
 */
#define _GNU_SOURCE

#include "runner/isolate.h"

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/host.h"
#include "host/work.h"
#include "lib/console.h"
#include "lib/verdict.h"
#include "machine.h"
#include "test/frames.h"
#include "test/test.h"

/* The limit on real time, as a multiple of that on CPU time: the last resort. */
#define WALL_FACTOR 6

/* The exit statuses of a child that has printed its verdict. */
#define VERDICT_PRINTED 86
#define VERDICT_HANG_PRINTED 87

static unsigned hangs;

unsigned host_hangs(void)
{
	return hangs;
}

void host_end_overflowed(void)
{
	runner_verdict("crashed");
	kprintf("  crash: the stack has overflowed; it has %llu KiB\n",
		MACHINE_STACK_SIZE / 1024);
	isolate_end();
}

_Noreturn static void end_crashed(void)
{
	if (__asan_report_present() &&
	    strcmp(__asan_get_report_description(), "stack-overflow") == 0) {
		host_sanitizer_reported();
		host_end_overflowed();
	}
	runner_verdict("crashed");
	kprintf("  crash: a sanitizer stopped it; what it said is below\n");
	host_sanitizer_reported();
	isolate_end();
}

_Noreturn static void end_aborted(int signal)
{
	(void)signal;
	end_crashed();
}

_Noreturn static void end_too_long(int signal)
{
	machine_backtrace();
	host_end_hanging(signal == SIGXCPU ?
				 "the test has used up its time of work" :
				 "the test did not end, after a long wait");
}

/* On AddressSanitizer's alternate stack, in case the normal one has overflowed. */
static void handle_signal(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler,
				    .sa_flags = SA_ONSTACK };

	sigaction(signal, &action, NULL);
}

/*
 * AddressSanitizer handles the signals of broken code and then calls back;
 * UBSan, where it is a library of its own, aborts.
 */
static void catch_the_end(void)
{
	__sanitizer_set_death_callback(end_crashed);
	handle_signal(SIGABRT, end_aborted);
	handle_signal(SIGXCPU, end_too_long);
	handle_signal(SIGALRM, end_too_long);
}

/*
 * The child and its descendants are one process group, so that none of them is
 * left behind; the child also dies when the program does.
 */
_Noreturn static void run_in_child(void (*function)(void), unsigned seconds)
{
	if (setpgid(0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL))
		host_give_up("cannot set a test apart");
	catch_the_end();
	if (!work_limit(seconds))
		host_give_up("cannot limit a test's time");
	alarm(WALL_FACTOR * seconds);
	host_test_begins();
	test_frames_reset((struct frame){ HOST_TEST_FRAMES_START });
	function();
	isolate_end();
}

/* The process group of the test that runs, or 0. */
static volatile pid_t running_group;

/* Stopping the program stops its test, too, and all that the test has started. */
static void end_with_test(int signal)
{
	if (running_group > 0)
		kill(-running_group, SIGKILL);
	_exit(128 + signal);
}

void isolate_run(void (*function)(void))
{
	unsigned seconds = work_left();
	int status, left_with;
	pid_t child;

	handle_signal(SIGTERM, end_with_test);
	handle_signal(SIGINT, end_with_test);
	handle_signal(SIGHUP, end_with_test);
	child = fork();

	if (child == 0)
		run_in_child(function, seconds);
	running_group = child;
	if (child < 0 || waitpid(child, &status, 0) < 0)
		host_give_up("cannot start a test");
	kill(-child, SIGKILL);
	running_group = 0;
	left_with = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (left_with == VERDICT_HANG_PRINTED)
		hangs++;
	if (left_with == VERDICT_PRINTED || left_with == VERDICT_HANG_PRINTED)
		return;
	if (left_with == EXIT_HOST_TROUBLE)
		_exit(EXIT_HOST_TROUBLE); /* the child has said why */
	runner_verdict("crashed");
	if (WIFSIGNALED(status))
		kprintf("  crash: the test's process was killed by signal %d\n",
			WTERMSIG(status));
	else
		kprintf("  crash: the test's process left with status %d\n",
			WEXITSTATUS(status));
}

void isolate_end(void)
{
	_exit(VERDICT_PRINTED);
}

/* Nothing else runs in a test's process. */
void isolate_stop_others(void)
{
}

void host_end_hanging(const char *why)
{
	runner_verdict("hang");
	kprintf("  hang: %s\n", why);
	_exit(VERDICT_HANG_PRINTED);
}

bool isolate_has_hardware(void)
{
	return false;
}

void isolate_map_heap(size_t size)
{
	host_map_heap(size);
}
