/*
 * Words of a command line, separated by blanks: "cairn test seed=7 from=3".
 */
#ifndef LIB_ARGUMENTS_H
#define LIB_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether one of the line's words is this one. */
bool argument_is_given(const char *line, const char *word);

/*
 * Copy the text after "name=" into value, truncated to size and 0-terminated.
 * False if there is no such word; value is unchanged then.
 */
bool argument_text(const char *line, const char *name, char *value,
		   size_t size);

/*
 * Copy the first word that is not a known one, likewise.  In `known`, which ends with
 * NULL, "seed=" stands for every word that begins with it.  False if all are known.
 */
bool argument_unknown(const char *line, const char *const *known, char *word,
		      size_t size);

#endif
