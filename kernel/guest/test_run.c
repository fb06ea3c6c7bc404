#include "guest/test_run.h"

#include "guest/isolate_unwind.h"
#include "guest/probe_fault.h"
#include "guest/watchdog.h"
#include "lib/arguments.h"
#include "lib/panic.h"
#include "machine/exceptions.h"
#include "runner/runner.h"
#include "test/test.h"

void test_run(const struct boot_info *info, const char *arguments)
{
	struct runner_options options = { .seed = 1, .first = 1 };

	require(argument_number(arguments, "seed", &options.seed) &&
			argument_number(arguments, "from", &options.first) &&
			options.first - 1 < lab.test_count,
		"seed=N and from=N take numbers, and from=N one of 1 to %zu: %s",
		lab.test_count, arguments);
	watchdog_init(info->acpi_root);
	isolate_init(info);
	runner_run(options);
}

bool exception_is_expected(struct exception_frame *frame)
{
	switch (frame->vector) {
	case EXCEPTION_PAGE_FAULT:
		return probe_recover(frame);
	case EXCEPTION_NMI:
		return watchdog_tick(frame);
	default:
		return false;
	}
}
