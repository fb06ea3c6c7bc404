/*
 * The submission in the test's own process, under the sanitizers: a student's
 * fast loop.
 */
#define _GNU_SOURCE

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/host.h"
#include "host/work.h"
#include "machine.h"
#include "memory/heap.h"
#include "runner/isolate.h"
#include "test/test.h"

_Noreturn static void end_hanging(int signal)
{
	(void)signal;
	machine_backtrace();
	host_end_hanging("a call did not return");
}

/* So that a call is watched; a forked process inherits none of the timers. */
static void watch_calls(void)
{
	if (!work_watch_calls(host_hangs() > 0, end_hanging))
		host_give_up("cannot watch a call's time");
}

/* AddressSanitizer's red zones make a stack frame several times as large. */
#define STACK_LIMIT (8 * MACHINE_STACK_SIZE)

/* Addresses for the largest heap, with a page on either side that nobody may touch. */
void host_test_begins(void)
{
	struct rlimit stack = { STACK_LIMIT, STACK_LIMIT };
	char *region = mmap((void *)(HEAP_START - PAGE_SIZE),
			    TEST_LARGEST_HEAP + 2 * PAGE_SIZE, PROT_NONE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
			    -1, 0);

	if (setrlimit(RLIMIT_STACK, &stack))
		host_give_up("cannot limit the stack");
	if (region == MAP_FAILED)
		host_give_up("cannot map the heap region");
	watch_calls();
}

void host_map_heap(size_t size)
{
	if (mprotect((void *)HEAP_START, size, PROT_READ | PROT_WRITE))
		host_give_up("cannot open the heap region");
}

void host_set_player(char **command)
{
	(void)command;
}

uint64_t isolate_repetitions(uint64_t wanted)
{
	return wanted;
}

/* How a process that isolate_catch has started ends, if its test goes on. */
#define EXIT_CAUGHT 90
#define EXIT_RETURNED 91

/* In a process of its own, which is gone afterwards with all that it has changed. */
bool isolate_catch(void (*function)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		watch_calls();
		function();
		_exit(EXIT_RETURNED);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		host_give_up("cannot start a part of a test");
	if (WIFSIGNALED(status))
		kill(getpid(), WTERMSIG(status));
	if (WEXITSTATUS(status) != EXIT_CAUGHT &&
	    WEXITSTATUS(status) != EXIT_RETURNED)
		_exit(WEXITSTATUS(status)); /* it has said why */
	return WEXITSTATUS(status) == EXIT_CAUGHT;
}

void isolate_caught(void)
{
	_exit(EXIT_CAUGHT);
}
