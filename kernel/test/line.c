#include "test/line.h"

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
