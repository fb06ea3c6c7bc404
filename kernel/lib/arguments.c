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

/* A wanted "name=" has any text after it; all else must be the whole word. */
static bool is_word(const char *word, const char *wanted)
{
	size_t length = strlen(wanted);

	return strncmp(word, wanted, length) == 0 &&
	       (wanted[length - 1] == '=' || word_length(word) == length);
}

/* Truncated to size, and 0-terminated. */
static void copy_word(const char *word, char *copy, size_t size)
{
	size_t length = word_length(word);

	if (length > size - 1)
		length = size - 1;
	memcpy(copy, word, length);
	copy[length] = '\0';
}

bool argument_is_given(const char *line, const char *word)
{
	for (; *line; line = next_word(line))
		if (is_word(line, word))
			return true;
	return false;
}

bool argument_text(const char *line, const char *name, char *value,
		   size_t size)
{
	for (; *line; line = next_word(line)) {
		if (!is_word(line, name))
			continue;
		copy_word(line + strlen(name), value, size);
		return true;
	}
	return false;
}

bool argument_unknown(const char *line, const char *const *known, char *word,
		      size_t size)
{
	for (; *line; line = next_word(line)) {
		size_t i = 0;

		while (known[i] && !is_word(line, known[i]))
			i++;
		if (known[i])
			continue;
		copy_word(line, word, size);
		return true;
	}
	return false;
}
