#include "runner/runner.h"

#include <stddef.h>

#include "lib/console.h"
#include "lib/string.h"
#include "lib/verdict.h"
#include "runner/isolate.h"
#include "test/frames.h"
#include "test/schedule.h"
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
	void (*explain)(void); /* before the verdict of a failure */
	const void *frame; /* of the function that calls it, on the stack */
} running;

bool runner_in_test(void)
{
	return running.test;
}

const char *runner_test_name(void)
{
	return running.test ? running.test->name : "";
}

/* A verdict that expected.txt may have is compared, and is no failure here. */
static bool is_failure(const char *verdict)
{
	return strcmp(verdict, "ok") != 0 && strcmp(verdict, "cannot") != 0;
}

/* At most once, even if the explanation itself fails. */
static void explain_failure(void)
{
	void (*explain)(void) = running.explain;

	running.explain = NULL;
	if (explain)
		explain();
}

void runner_verdict(const char *verdict)
{
	if (is_failure(verdict))
		isolate_stop_others();
	if (!running.test || running.verdict_given)
		return;
	running.expects_panic = false; /* one in the explanation was not expected */
	if (is_failure(verdict))
		explain_failure();
	if (!running.line_open)
		kprintf("%s... ", running.test->name);
	kprintf("[%s]\n", verdict);
	debug_end_line();
	running.line_open = false;
	running.verdict_given = true;
}

void runner_leave_test(void)
{
	if (running.test)
		isolate_end();
}

void runner_meet_expected_panic(void)
{
	if (running.expects_panic)
		isolate_caught();
}

/* What isolate_run calls: the test, in its fresh surroundings. */
static void run_test(void)
{
	running.frame = __builtin_frame_address(0);
	running.test->run();
	test_frames_check();
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
	schedule_forget();
	kprintf("%s... ", test->name);
	isolate_run(run_test);
	running.test = NULL;
}

/* What `push rbp; mov rbp, rsp` builds below each return address. */
struct saved_frame {
	const struct saved_frame *caller;
	uint64_t return_address;
};

uint64_t runner_called_at(const void *frame)
{
	const struct saved_frame *last = running.frame, *called = frame;

	if (called->caller->caller == last)
		return 0;
	while (called < called->caller && called->caller < last &&
	       called->caller->caller != last)
		called = called->caller;
	return called->caller < last ? called->return_address - 1 : 0;
}

void runner_run(struct runner_options options)
{
	kprintf("cairn: lab %s, seed %llu, tests %llu to %llu of %zu\n",
		lab.name, (unsigned long long)options.seed,
		(unsigned long long)options.first,
		(unsigned long long)options.last, lab.test_count);
	for (uint64_t i = options.first - 1; i < options.last; i++)
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

bool test_panics(void (*function)(void))
{
	bool panicked;

	running.expects_panic = true;
	panicked = isolate_catch(function);
	running.expects_panic = false;
	return panicked;
}
