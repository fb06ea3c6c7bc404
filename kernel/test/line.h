/*
 * A line that is put together piece by piece, for tests to show.
 */
#ifndef TEST_LINE_H
#define TEST_LINE_H

#include <stddef.h>

/* What does not fit is left out. */
struct line {
	char text[256]; /* 0-terminated */
	size_t length;
};

#define LINE_EMPTY ((struct line){ { 0 }, 0 })

__attribute__((format(printf, 2, 3))) void line_add(struct line *line,
						    const char *format, ...);

/*
 * A size or an align as a person would write it: 4096, SIZE_MAX - 15, and in
 * hexadecimal where it is larger than any memory.
 */
struct line line_size(size_t size);

#endif
