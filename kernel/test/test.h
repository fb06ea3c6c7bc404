/*
 * What a lab's tests are built from.
 *
 * A test is a function without arguments; it passes when it returns.  It
 * reaches the submission through the lab's few functions only, and checks
 * properties that every correct design has.  Each test starts fresh: empty
 * page tables, a frame source of its own, the submission's variables as they
 * were at boot.
 */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

struct test {
	const char *name;
	void (*run)(void);
};

/* The lab's tests.c defines `const struct lab lab`. */
struct lab {
	const char *name; /* such as "2-paging" */
	const struct test *tests;
	size_t test_count;
};

extern const struct lab lab;

#define LAB(lab_name, lab_tests)                                \
	const struct lab lab = { .name = (lab_name),            \
				 .tests = (lab_tests),          \
				 .test_count = sizeof(lab_tests) / \
					       sizeof((lab_tests)[0]) }

/*
 * A rule that submissions must keep.  The id (such as "map-3") is stable: the
 * handout has an anchor of that name.
 */
struct rule {
	const char *id;
	const char *text;
};

/*
 * Check the condition; if it is false, the test ends here as failed.
 * `expected` is a text, `...` a format and its values that say what was found.
 */
#define check(rule, condition, expected, ...)                             \
	do {                                                              \
		if (!(condition))                                         \
			test_fail(__FILE__, __LINE__, rule, expected,     \
				  __VA_ARGS__);                           \
	} while (0)

/* Checks that two values are equal; `what` names the value in the message. */
#define check_hex(rule, what, expected, actual) \
	test_check_hex(__FILE__, __LINE__, rule, what, expected, actual)
#define check_count(rule, what, expected, actual) \
	test_check_count(__FILE__, __LINE__, rule, what, expected, actual)
#define check_string(rule, what, expected, actual) \
	test_check_string(__FILE__, __LINE__, rule, what, expected, actual)

/*
 * Check that the call panics.  A panic ends the submission: whatever it was about to
 * do stays half done (a lock is held), so afterwards its variables are as at boot, and
 * a test that goes on begins with it anew.
 */
#define check_panics(rule, expected, function)                            \
	check(rule, test_panics(function), expected, "it returned")

__attribute__((format(printf, 5, 6))) _Noreturn void
test_fail(const char *file, int line, const struct rule *rule,
	  const char *expected, const char *actual, ...);
void test_check_hex(const char *file, int line, const struct rule *rule,
		    const char *what, uint64_t expected, uint64_t actual);
void test_check_count(const char *file, int line, const struct rule *rule,
		      const char *what, uint64_t expected, uint64_t actual);
void test_check_string(const char *file, int line, const struct rule *rule,
		       const char *what, const char *expected,
		       const char *actual);
bool test_panics(void (*function)(void));

/*
 * Until the test ends: call that function before the verdict of a failure, to show
 * what led there.
 */
void test_explain_with(void (*explain)(void));

/* A line of the transcript that is compared with expected.txt. */
__attribute__((format(printf, 1, 2))) void test_show(const char *format, ...);

/*
 * Ends the test as "[cannot]": by that rule of its design, the allocator has no
 * memory for a request that other designs could meet.  Shows the rule, and the
 * allocation error that a program would end with.  This counts as passed where
 * the lab's expected.txt has it, and as failed everywhere else.
 */
_Noreturn void test_cannot(const struct rule *rule, struct layout layout);

/*
 * Ends the test as "[guest only]" on the host: for what only hardware shows.
 */
void test_needs_hardware(void);

/*
 * How often to repeat something: `wanted` times, but only a sixteenth of it
 * where calling the submission is expensive (the judged run).  The machine always
 * does all of it.
 */
uint64_t test_repetitions(uint64_t wanted);

/*
 * Whether to try this one of very many cases: on the host every one, on the
 * emulated machine a random one in 32.
 */
bool test_picks_this(void);

/*
 * A number from a sequence that depends on the run's seed and on the test's
 * name only; test_random_below gives one in [0, bound).
 */
uint64_t test_random(void);
uint64_t test_random_below(uint64_t bound);

/*
 * Map and return an untouched heap of HEAP_SIZE bytes at HEAP_START, filled
 * with TEST_GARBAGE, for tests of an allocator; or of another size, a multiple of
 * PAGE_SIZE from there up to the largest.
 */
#define TEST_GARBAGE 0xa5
#define TEST_LARGEST_HEAP (4 * 1024 * 1024ull)
void *test_heap(void);
void *test_heap_of(size_t size);

#endif
