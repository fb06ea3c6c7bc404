/*
 * The submission in the test's own process, under the sanitizers: a student's
 * fast loop.
 */
#define _GNU_SOURCE

#include <sys/mman.h>
#include <sys/resource.h>

#include "host/host.h"
#include "machine.h"
#include "memory/heap.h"
#include "runner/isolate.h"
#include "test/test.h"

/* Our own solutions need at most 0.2 s a test, and a student is waiting for this. */
unsigned host_time_limit(void)
{
	return host_hangs() > 0 ? 1 : 5;
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
