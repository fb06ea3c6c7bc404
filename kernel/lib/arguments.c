#include "lib/arguments.h"

#include "lib/string.h"

static size_t word_length(const char *word)
{
	size_t length = 0;

	while (word[length] && word[length] != ' ')
		length++;
	return length;
}

/* The word after this one, or the line's end. */
static const char *next_word(const char *word)
{
	word += word_length(word);
	while (*word == ' ')
		word++;
	return word;
}

bool argument_is_given(const char *line, const char *word)
{
	size_t length = strlen(word);

	for (; *line; line = next_word(line))
		if (word_length(line) == length &&
		    strncmp(line, word, length) == 0)
			return true;
	return false;
}

/* What follows "name=", up to a blank or the end; NULL if it is not there. */
static const char *value_of(const char *line, const char *name)
{
	size_t length = strlen(name);

	for (; *line; line = next_word(line))
		if (strncmp(line, name, length) == 0 && line[length] == '=')
			return line + length + 1;
	return NULL;
}

bool argument_text(const char *line, const char *name, char *value,
		   size_t size)
{
	const char *found = value_of(line, name);
	size_t length;

	if (!found)
		return false;
	length = word_length(found);
	if (length > size - 1)
		length = size - 1;
	memcpy(value, found, length);
	value[length] = '\0';
	return true;
}

bool argument_number(const char *line, const char *name, uint64_t *number)
{
	const char *found = value_of(line, name);
	uint64_t value = 0;

	if (!found)
		return true;
	for (size_t i = 0; i < word_length(found); i++) {
		if (found[i] < '0' || found[i] > '9' ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, found[i] - '0', &value))
			return false;
	}
	*number = value;
	return word_length(found) > 0;
}
