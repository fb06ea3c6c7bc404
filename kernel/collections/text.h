/*
 * A string that grows: bytes with a 0 after the last one, which length does not
 * count.  Text is bytes here; what they encode is up to the caller.
 *
 *   struct text greeting = TEXT_EMPTY;
 *
 *   if (!text_append(&greeting, "hello") ||
 *       !text_format(&greeting, ", %d worlds", 2))
 *           alloc_error_handler(LAYOUT_OF(char));
 *   kprintf("%s\n", text_bytes(&greeting));
 *   text_free(&greeting);
 */
#ifndef COLLECTIONS_TEXT_H
#define COLLECTIONS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "collections/vec.h"

struct text {
	VEC(char) bytes; /* the 0 included, once there is a block */
};

#define TEXT_EMPTY { VEC_EMPTY(char) }

/* In bytes, without the 0 at the end. */
size_t text_length(const struct text *text);

/* Ends with a 0; "" for an empty text.  Good until the text changes. */
const char *text_bytes(const struct text *text);

/*
 * Append something.  False when there is no memory; the text is
 * unchanged then.  What is appended may be the text's own bytes.
 */
bool text_append(struct text *text, const char *appended);
bool text_append_bytes(struct text *text, const char *bytes, size_t count);
bool text_append_byte(struct text *text, char byte);

/* Append what kprintf would print; returns the same. */
__attribute__((format(printf, 2, 3))) bool
text_format(struct text *text, const char *format, ...);

/* Keep the first `length` bytes; unchanged if there are no more. */
void text_cut(struct text *text, size_t length);

/*
 * Below 0, 0 or above 0: by the first byte that differs, as unsigned numbers, or
 * by length where one is the beginning of the other.
 */
int text_compare(const struct text *one, const struct text *other);

void text_free(struct text *text);

#endif
