#include "lib/console.h"

#include <stdbool.h>
#include <stddef.h>

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
 * Nobody reads more of one test, and a print in an allocator that is called a
 * million times would take longer than the test.
 */
#define DEBUG_LIMIT 16384

static size_t debug_left = DEBUG_LIMIT; /* bytes */

void debug_start_over(void)
{
	debug_left = DEBUG_LIMIT;
}

static void debug_write(char byte)
{
	if (debug_left == 0)
		return;
	machine_write_debug(byte);
	if (--debug_left > 0)
		return;
	for (const char *text = "\n(the rest of it is dropped)\n"; *text; text++)
		machine_write_debug(*text);
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
			debug_write(*name);
		debug_write(':');
		debug_write(' ');
	}
	debug_write(byte);
	inside_line = byte != '\n';
}

void debug_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_text(debug_put, format, arguments);
	va_end(arguments);
}
