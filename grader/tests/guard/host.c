#include "host.h"

#include <stdio.h>
#include <stdlib.h>

#include "lab.h"

_Alignas(4096) char region[1 << 20];

void vkprintf(const char *format, va_list arguments)
{
	vprintf(format, arguments);
	fflush(stdout);
}

void kprintf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
}

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	kprintf("panic at %s:%d: ", file, line);
	va_start(arguments, format);
	vkprintf(format, arguments);
	va_end(arguments);
	kprintf("\n");
	exit(1);
}

void lab_unfinished(const char *task)
{
	panic("%s", task);
}

void lab_dummy(const char *task)
{
	panic("%s", task);
}
