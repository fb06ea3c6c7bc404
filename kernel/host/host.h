/*
 * What the parts of the host machine know about each other.  It is a process that
 * simulates the computer, so that labs and tests run without a virtual machine.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The frames that tests are given begin here: above 4 GiB, so that code which
 * truncates an address to 32 bits is caught.
 */
#define HOST_TEST_FRAMES_START 0x180000000ull

/* Reserve the physical memory; before anything else. */
void host_memory_create(void);

/* What lies at the physical address; NULL where there is no memory. */
void *host_memory_at(uint64_t physical);

/*
 * What differs between the host's two ways: alone/ runs the submission in the
 * test's own process, judged/ in a separate process.
 */

unsigned host_hangs(void); /* tests that have hung so far */

/* End the test as crashed, because it needs more stack than machine.h promises. */
_Noreturn void host_end_overflowed(void);

/* End the test as hanging, with why, and remember it. */
_Noreturn void host_end_hanging(const char *why);

/* A test begins, in a process of its own. */
void host_test_begins(void);

/* Make this many bytes from HEAP_START on accessible to test and submission. */
void host_map_heap(size_t size);

/* The command that starts the other process, ending with NULL. */
void host_set_player(char **command);

/* Mark what a sanitizer has just printed as being about the running test. */
void host_sanitizer_reported(void);

/*
 * End the process with one sentence: it is the host that failed, not a test.
 * A test's process and the program itself then exit with this status.
 */
#define EXIT_HOST_TROUBLE 75
_Noreturn void host_give_up(const char *what_failed);

#endif
