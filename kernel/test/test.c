#include "test/test.h"

#include "lib/console.h"
#include "lib/string.h"
#include "lib/verdict.h"
#include "memory/heap.h"
#include "runner/isolate.h"
#include "runner/runner.h"

uint64_t test_repetitions(uint64_t wanted)
{
	return isolate_repetitions(wanted);
}

#define MACHINE_PICKS_ONE_IN 32

bool test_picks_this(void)
{
	return !isolate_has_hardware() ||
	       test_random_below(MACHINE_PICKS_ONE_IN) == 0;
}

void test_needs_hardware(void)
{
	if (isolate_has_hardware())
		return;
	runner_verdict("guest only");
	isolate_end();
}

void *test_heap_of(size_t size)
{
	isolate_map_heap(size);
	return memset((void *)HEAP_START, TEST_GARBAGE, size);
}

void *test_heap(void)
{
	return test_heap_of(HEAP_SIZE);
}

/* The lines of a failure up to the expectation. */
static void begin_failure(const struct rule *rule)
{
	runner_verdict("failed");
	kprintf("  rule %s: %s\n", rule->id, rule->text);
}

/*
 * Where a check is in a helper, the line of the test that called it is what a reader
 * looks for.  The report finds it by its address.
 */
_Noreturn static void end_failure(const char *file, int line,
				  const void *frame)
{
	uint64_t called_at = runner_called_at(frame);

	kprintf("  at:       %s:%d\n", file, line);
	if (called_at)
		kprintf("  at %s (0x%llx)\n", runner_test_name(),
			(unsigned long long)called_at);
	isolate_end();
}

void test_cannot(const struct rule *rule, struct layout layout)
{
	runner_verdict("cannot");
	kprintf("  rule %s: %s\n", rule->id, rule->text);
	kprintf("  " ALLOCATION_ERROR "\n", layout.size, layout.align);
	isolate_end();
}

void test_fail(const char *file, int line, const struct rule *rule,
	       const char *expected, const char *actual, ...)
{
	va_list arguments;

	begin_failure(rule);
	kprintf("  expected: %s\n  actual:   ", expected);
	va_start(arguments, actual);
	vkprintf(actual, arguments);
	va_end(arguments);
	kprintf("\n");
	end_failure(file, line, __builtin_frame_address(0));
}

void test_check_hex(const char *file, int line, const struct rule *rule,
		    const char *what, uint64_t expected, uint64_t actual)
{
	if (expected == actual)
		return;
	begin_failure(rule);
	kprintf("  expected: %s = 0x%llx\n  actual:   %s = 0x%llx\n", what,
		(unsigned long long)expected, what,
		(unsigned long long)actual);
	end_failure(file, line, __builtin_frame_address(0));
}

void test_check_count(const char *file, int line, const struct rule *rule,
		      const char *what, uint64_t expected, uint64_t actual)
{
	if (expected == actual)
		return;
	begin_failure(rule);
	kprintf("  expected: %s = %llu\n  actual:   %s = %llu\n", what,
		(unsigned long long)expected, what,
		(unsigned long long)actual);
	end_failure(file, line, __builtin_frame_address(0));
}

void test_check_string(const char *file, int line, const struct rule *rule,
		       const char *what, const char *expected,
		       const char *actual)
{
	if (strcmp(expected, actual) == 0)
		return;
	begin_failure(rule);
	kprintf("  expected: %s = %s\n  actual:   %s = %s\n", what, expected,
		what, actual);
	end_failure(file, line, __builtin_frame_address(0));
}
