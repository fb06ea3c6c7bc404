#include "lib/console.h"

#include <stdbool.h>
#include <stddef.h>

#include "lib/format.h"
#include "lib/verdict.h"
#include "machine.h"

static void transcript_put(char byte, void *unused)
{
	(void)unused;
	machine_write(byte);
}

void vkprintf(const char *format, va_list arguments)
{
	format_text(transcript_put, NULL, format, arguments);
}

void kprintf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
}

/*
 * Nobody reads more than this of one test, and a print in an allocator that is called a
 * million times would take longer than the test.
 */
#define DEBUG_LIMIT 16384

static long debug_left = DEBUG_LIMIT; /* bytes */
static bool inside_debug_line;

void debug_start_over(void)
{
	debug_left = DEBUG_LIMIT;
}

void debug_end_line(void)
{
	if (inside_debug_line)
		machine_write_debug('\n');
	inside_debug_line = false;
}

static void debug_write(const char *text)
{
	for (; *text; text++) {
		machine_write_debug(*text);
		debug_left--;
	}
}

/* Says which test's it is: the channel is read separately from the transcript. */
static void begin_debug_line(void)
{
	if (!runner_in_test())
		return;
	debug_write(runner_test_name());
	debug_write(": ");
}

static void debug_put(char byte, void *unused)
{
	(void)unused;
	if (debug_left <= 0)
		return;
	if (!inside_debug_line)
		begin_debug_line();
	machine_write_debug(byte);
	debug_left--;
	inside_debug_line = byte != '\n';
	if (debug_left > 0)
		return;
	debug_write(inside_debug_line ? "\n" : "");
	begin_debug_line();
	debug_write("(the rest of it is dropped)\n");
	inside_debug_line = false;
}

void debug_printf(const char *format, ...)
{
	va_list arguments;

	if (debug_left <= 0)
		return; /* a print in every call takes next to no time */
	va_start(arguments, format);
	format_text(debug_put, NULL, format, arguments);
	va_end(arguments);
}
