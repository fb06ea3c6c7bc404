/*
 * Words of a command line, divided by blanks: "cairn test seed=7 from=3".
 */
#ifndef LIB_ARGUMENTS_H
#define LIB_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether one of the line's words is this one. */
bool argument_is_given(const char *line, const char *word);

/*
 * Copy the text behind "name=" into value, cut off to size and 0-terminated.
 * False if there is no such word; value is unchanged then.
 */
bool argument_text(const char *line, const char *name, char *value,
		   size_t size);

/*
 * Copy the first word that is none of the known ones, likewise.  In `known`, which
 * NULL ends, "seed=" stands for every word that begins so.  False if all are known.
 */
bool argument_unknown(const char *line, const char *const *known, char *word,
		      size_t size);

#endif
