/*
 * Panic: how the kernel stops at a bug that must not go unnoticed.
 */
#ifndef LIB_PANIC_H
#define LIB_PANIC_H

#include <stdarg.h>

/*
 * Print where and why, and a backtrace, and stop the machine; while a test
 * runs, only the test ends.  The message names the rule and the values.
 */
#define panic(...) panic_at(__FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 3, 4))) _Noreturn void
panic_at(const char *file, int line, const char *format, ...);

/* Panic unless the condition holds: states what the code relies on. */
#define require(condition, ...)                 \
	do {                                    \
		if (!(condition))               \
			panic(__VA_ARGS__);     \
	} while (0)

#endif
