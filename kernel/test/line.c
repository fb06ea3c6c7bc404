#include "test/line.h"

#include <stdint.h>

#include "lib/format.h"

static void put(char byte, void *to)
{
	struct line *line = to;

	if (line->length + 1 == sizeof(line->text))
		return;
	line->text[line->length++] = byte;
	line->text[line->length] = '\0';
}

void line_add(struct line *line, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_text(put, line, format, arguments);
	va_end(arguments);
}

#define NEAR_SIZE_MAX 4096
#define LARGER_THAN_MEMORY (1ull << 40)

struct line line_size(size_t size)
{
	struct line line = LINE_EMPTY;

	if (size == SIZE_MAX)
		line_add(&line, "SIZE_MAX");
	else if (size >= SIZE_MAX - NEAR_SIZE_MAX)
		line_add(&line, "SIZE_MAX - %zu", SIZE_MAX - size);
	else if (size >= LARGER_THAN_MEMORY)
		line_add(&line, "0x%zx", size);
	else
		line_add(&line, "%zu", size);
	return line;
}
