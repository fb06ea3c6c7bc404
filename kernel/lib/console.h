/*
 * Printing.  kprintf is the transcript: serial line and screen, or standard
 * output on the host.  debug_printf is for a student's own traces: it is shown,
 * but never compared, so a forgotten one costs no points.  The first
 * 16 KiB of each test are kept; what is dropped is not formatted either.
 */
#ifndef LIB_CONSOLE_H
#define LIB_CONSOLE_H

#include <stdarg.h>

__attribute__((format(printf, 1, 2))) void kprintf(const char *format, ...);
__attribute__((format(printf, 1, 0))) void vkprintf(const char *format,
						    va_list arguments);
__attribute__((format(printf, 1, 2))) void debug_printf(const char *format,
							...);

/*
 * For the runner: another test begins, which has all of the 16 KiB again; and one has
 * ended, perhaps in the middle of a line.
 */
void debug_start_over(void);
void debug_end_line(void);

#endif
