#include "lib/panic.h"

#include "lib/console.h"
#include "lib/verdict.h"
#include "machine.h"

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
	runner_leave_test();
	machine_exit(MACHINE_EXIT_PANIC);
}
