/*
 * Plays all traces on our solution of 10-summit, and has its own function check its
 * books now and then.  Compiled with the solution in front of it (-include).
 *
 * Exit status: 0; 1 if a check fails, with what it says.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/allocator/traces.h"

#define CALLS 6000
#define CALLS_A_CHECK 32

static char memory[1 << 20];

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list values;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	exit(1);
}

static void check(void)
{
	static unsigned calls;

	if (++calls % CALLS_A_CHECK == 0)
		heap_check();
}

int main(void)
{
	static const struct trace_allocator summit = { "summit", allocator_init,
						       alloc, dealloc };
	static const struct trace_watcher checking = { .end = check };

	for (size_t kind = 0; kind < TRACE_KINDS; kind++) {
		trace_write(&trace_kinds[kind], 100 * 1024, CALLS, 1);
		if (!trace_play(&summit, &checking, memory, sizeof(memory)))
			return 1;
		printf("%s: %zu calls\n", trace_kinds[kind].name, trace.count);
	}
	return 0;
}
