#include "lab.h"

#include "lib/verdict.h"

void lab_unfinished(const char *task)
{
	lab_dummy(task);
	panic("unfinished: %s", task);
}

void lab_dummy(const char *task)
{
	if (!runner_in_test())
		return;
	runner_verdict("unfinished");
	kprintf("  unfinished: %s\n", task);
	runner_leave_test();
}
