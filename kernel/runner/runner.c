#include "runner/runner.h"

#include <stddef.h>

#include "lib/console.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "runner/isolate.h"
#include "test/test.h"

/*
 * All that the runner knows about the test that is running.  On the host a
 * forked child changes its own copy.
 */
static struct {
	const struct test *test; /* NULL between tests */
	uint64_t random;
	bool line_open; /* "name... " stands there without its verdict */
	bool verdict_given;
	bool expects_panic;
	void (*explain)(void); /* before a verdict that is not "ok" */
} running;

bool runner_in_test(void)
{
	return running.test;
}

const char *runner_test_name(void)
{
	return running.test ? running.test->name : "";
}

/* Only once, even if the explanation fails in its turn. */
static void explain_failure(void)
{
	void (*explain)(void) = running.explain;

	running.explain = NULL;
	if (explain)
		explain();
}

void runner_verdict(const char *verdict)
{
	if (!running.test || running.verdict_given)
		return;
	if (strcmp(verdict, "ok") != 0)
		explain_failure();
	if (!running.line_open)
		kprintf("%s... ", running.test->name);
	kprintf("[%s]\n", verdict);
	running.line_open = false;
	running.verdict_given = true;
}

void runner_meet_expected_panic(void)
{
	if (running.expects_panic)
		isolate_caught();
}

/* What isolate_run calls: the test, in its fresh surroundings. */
static void run_test(void)
{
	running.test->run();
	runner_verdict("ok");
}

/* FNV-1a, so that each test draws numbers of its own. */
static uint64_t hash_name(uint64_t hash, const char *name)
{
	for (; *name; name++)
		hash = (hash ^ (uint8_t)*name) * 0x100000001b3;
	return hash;
}

static void run_one(const struct test *test, uint64_t seed)
{
	running.test = test;
	running.random = hash_name(seed ^ 0xcbf29ce484222325, test->name);
	running.line_open = true;
	running.verdict_given = false;
	running.expects_panic = false;
	running.explain = NULL;
	debug_start_over();
	kprintf("%s... ", test->name);
	isolate_run(run_test);
	running.test = NULL;
}

void runner_run(struct runner_options options)
{
	kprintf("cairn: lab %s, seed %llu, tests %llu to %zu of %zu\n",
		lab.name, (unsigned long long)options.seed,
		(unsigned long long)options.first, lab.test_count,
		lab.test_count);
	for (uint64_t i = options.first - 1; i < lab.test_count; i++)
		run_one(&lab.tests[i], options.seed);
	kprintf("cairn: end of tests\n");
}

/* splitmix64 (Steele, Lea, Flood, 2014): short, and good enough for tests. */
uint64_t test_random(void)
{
	uint64_t mixed = running.random += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return mixed ^ mixed >> 31;
}

uint64_t test_random_below(uint64_t bound)
{
	return test_random() % bound;
}

uint64_t test_repetitions(uint64_t wanted)
{
	return isolate_repetitions(wanted);
}

void test_made_progress(void)
{
	isolate_made_progress();
}

#define MACHINE_PICKS_ONE_IN 32

bool test_picks_this(void)
{
	return !isolate_has_hardware() ||
	       test_random_below(MACHINE_PICKS_ONE_IN) == 0;
}

void test_explain_with(void (*explain)(void))
{
	running.explain = explain;
}

void test_show(const char *format, ...)
{
	va_list arguments;

	if (running.line_open)
		kprintf("\n");
	running.line_open = false;
	kprintf("  ");
	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
	kprintf("\n");
}

void test_needs_hardware(void)
{
	if (isolate_has_hardware())
		return;
	runner_verdict("guest only");
	isolate_end();
}

void *test_heap(void)
{
	isolate_map_heap();
	return (void *)HEAP_START;
}

bool test_panics(void (*function)(void))
{
	bool panicked;

	running.expects_panic = true;
	panicked = isolate_catch(function);
	running.expects_panic = false;
	return panicked;
}

/* The lines of a failure up to the expectation. */
static void begin_failure(const struct rule *rule)
{
	runner_verdict("failed");
	kprintf("  rule %s: %s\n", rule->id, rule->text);
}

_Noreturn static void end_failure(const char *file, int line)
{
	kprintf("  at:       %s:%d\n", file, line);
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
	end_failure(file, line);
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
	end_failure(file, line);
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
	end_failure(file, line);
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
	end_failure(file, line);
}
