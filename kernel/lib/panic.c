#include "lib/panic.h"

#include "lib/console.h"
#include "machine.h"
#include "runner/isolate.h"
#include "runner/runner.h"

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	runner_meet_expected_panic();
	runner_verdict("failed");
	kprintf("  panic: ");
	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
	kprintf("\n  at:    %s:%d\n", file, line);
	machine_backtrace();
	if (runner_in_test())
		isolate_end();
	machine_exit(MACHINE_EXIT_PANIC);
}
