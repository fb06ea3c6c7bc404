#include "lib/console.h"

#include <stdbool.h>

#include "lib/format.h"
#include "machine.h"
#include "test/runner.h"

void vkprintf(const char *format, va_list arguments)
{
	format_text(machine_write, format, arguments);
}

void kprintf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
}

/*
 * Every debug line begins with the name of the test that printed it, because
 * the channel is read apart from the transcript.
 */
static void debug_put(char byte)
{
	static bool inside_line;

	if (!inside_line && runner_in_test()) {
		for (const char *name = runner_test_name(); *name; name++)
			machine_write_debug(*name);
		machine_write_debug(':');
		machine_write_debug(' ');
	}
	machine_write_debug(byte);
	inside_line = byte != '\n';
}

void debug_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_text(debug_put, format, arguments);
	va_end(arguments);
}
