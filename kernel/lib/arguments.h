/*
 * Words of a command line: "cairn test seed=7 from=3".
 */
#ifndef LIB_ARGUMENTS_H
#define LIB_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether one of the line's words, divided by blanks, is this one. */
bool argument_is_given(const char *line, const char *word);

/*
 * Copy the text after "name=" into value, cut off to size and 0-terminated.
 * False if there is no such word; value is unchanged then.
 */
bool argument_text(const char *line, const char *name, char *value,
		   size_t size);

/*
 * Put the decimal number after "name=" into *number, which stays as it is if
 * there is no such word.  False if what stands there is no number up to
 * 2^64 - 1.
 */
bool argument_number(const char *line, const char *name, uint64_t *number);

#endif
