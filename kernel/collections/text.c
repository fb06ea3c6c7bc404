#include "collections/text.h"

#include <stdarg.h>

#include "lib/format.h"
#include "lib/string.h"

size_t text_length(const struct text *text)
{
	size_t bytes = vec_length(&text->bytes);

	return bytes ? bytes - 1 : 0;
}

const char *text_bytes(const struct text *text)
{
	return vec_length(&text->bytes) ? text->bytes.core.items : "";
}

/*
 * Extend the text by bytes of any value, and return the first of them.  NULL
 * when there is no memory.
 */
static char *text_extend(struct text *text, size_t count)
{
	struct vec_core *core = &text->bytes.core;
	size_t length = text_length(text);
	char *bytes;

	/* The 0 at the end is there already, except in an empty text. */
	if (!vec_core_reserve(core, core->length ? count : count + 1))
		return NULL;
	core->length = length + count + 1;
	bytes = core->items;
	bytes[length + count] = '\0';
	return bytes + length;
}

bool text_append_bytes(struct text *text, const char *bytes, size_t count)
{
	const char *old = text_bytes(text);
	size_t own = (size_t)bytes - (size_t)old;
	bool is_own = own <= text_length(text) && text_length(text);
	char *end;

	if (count == 0)
		return true;
	end = text_extend(text, count);
	if (!end)
		return false;
	/* Bytes of the text's own may have moved with the block. */
	memmove(end, is_own ? text_bytes(text) + own : bytes, count);
	return true;
}

bool text_append(struct text *text, const char *appended)
{
	return text_append_bytes(text, appended, strlen(appended));
}

bool text_append_byte(struct text *text, char byte)
{
	return text_append_bytes(text, &byte, 1);
}

/* Where the characters of a format go until there is no memory. */
struct formatting {
	struct text text;
	bool complete;
};

static void put_byte(char byte, void *to)
{
	struct formatting *formatting = to;

	if (!text_append_byte(&formatting->text, byte))
		formatting->complete = false;
}

/* Into a separate text first: an argument may be the text's own bytes. */
bool text_format(struct text *text, const char *format, ...)
{
	struct formatting formatting = { TEXT_EMPTY, true };
	va_list arguments;
	bool done;

	va_start(arguments, format);
	format_text(put_byte, &formatting, format, arguments);
	va_end(arguments);
	done = formatting.complete &&
	       text_append_bytes(text, text_bytes(&formatting.text),
				 text_length(&formatting.text));
	text_free(&formatting.text);
	return done;
}

void text_cut(struct text *text, size_t length)
{
	if (length >= text_length(text))
		return;
	text->bytes.core.length = length + 1;
	vec_at(&text->bytes, length) = '\0';
}

int text_compare(const struct text *one, const struct text *other)
{
	size_t first = text_length(one), second = text_length(other);
	int order = memcmp(text_bytes(one), text_bytes(other),
			   first < second ? first : second);

	return order ? order : (first > second) - (first < second);
}

void text_free(struct text *text)
{
	vec_free(&text->bytes);
}
