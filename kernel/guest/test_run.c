#include "guest/test_run.h"

#include "guest/isolate_unwind.h"
#include "guest/probe_fault.h"
#include "guest/watchdog.h"
#include "lib/arguments.h"
#include "lib/panic.h"
#include "machine/exceptions.h"
#include "processors/second.h"
#include "runner/runner.h"
#include "test/test.h"

void test_run(const struct boot_info *info, const char *arguments)
{
	static const char *const known[] = { "cairn", "test", "seed=",
					     "from=", "to=", "stay",
					     "hung", NULL };
	struct runner_options options = runner_all();
	char word[32];

	require(!argument_unknown(arguments, known, word, sizeof(word)),
		"there is no word \"%s\"; after \"cairn test\" there may be "
		"seed=N, from=N, to=N, stay and hung",
		word);
	require(runner_read(arguments, &options), RUNNER_WORDS, arguments,
		lab.test_count);
	watchdog_init(info->acpi_root, argument_is_given(arguments, "hung"));
	isolate_init(info, argument_is_given(arguments, "stay"));
	runner_run(options);
}

static bool is_expected(struct exception_frame *frame)
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

/* One that is not expected is reported next, by one processor. */
bool exception_is_expected(struct exception_frame *frame)
{
	second_obey(frame);
	if (is_expected(frame))
		return true;
	second_stop_others();
	return false;
}
