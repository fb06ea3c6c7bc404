/*
 * Text from a format string, one character at a time.  Knows the part of
 * printf that the kernel uses: %d %u %x %c %s %p %%, the lengths l, ll and z,
 * a minimum width, and a 0 before it for padding with zeroes.  Shared by the
 * kernel and the host, so that both print alike.
 */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include <stdarg.h>

/*
 * Hand every character of the text, and `to`, to put.  %p prints 0x and hexadecimal
 * digits; a %s of NULL prints (null); an unknown conversion is printed as it
 * stands.
 */
__attribute__((format(printf, 3, 0))) void
format_text(void (*put)(char byte, void *to), void *to, const char *format,
	    va_list arguments);

#endif
