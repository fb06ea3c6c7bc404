#include "lib/format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/string.h"

/* The longest number is 2^64 - 1 in decimal. */
#define MOST_DIGITS 20

/* The lengths l, ll and z need not be told apart: */
_Static_assert(sizeof(long) == 8 && sizeof(long long) == 8 &&
		       sizeof(size_t) == 8,
	       "on x86-64 they all say 64 bits");

struct output {
	void (*put)(char byte, void *to);
	void *to;
	va_list arguments; /* those that are not printed yet */
};

/* What stands between a % and its letter. */
struct field {
	bool zeroes; /* pad with zeroes and not with spaces */
	bool is_long; /* the argument has 64 bits and not 32 */
	size_t width; /* in characters; a longer text is not truncated */
};

static void put_text(struct output *output, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		output->put(text[i], output->to);
}

static void put_repeated(struct output *output, char byte, size_t times)
{
	for (size_t i = 0; i < times; i++)
		output->put(byte, output->to);
}

/* Zeroes go between the sign and the digits, spaces before both. */
static void put_field(struct output *output, const struct field *field,
		      const char *sign, const char *text, size_t length)
{
	size_t signs = strlen(sign);
	size_t padding = 0;

	if (field->width > signs + length)
		padding = field->width - signs - length;
	if (!field->zeroes)
		put_repeated(output, ' ', padding);
	put_text(output, sign, signs);
	if (field->zeroes)
		put_repeated(output, '0', padding);
	put_text(output, text, length);
}

static void put_number(struct output *output, const struct field *field,
		       const char *sign, uint64_t number, unsigned int base)
{
	char digits[MOST_DIGITS];
	size_t first = MOST_DIGITS;

	/* The last digit comes out first, so fill from the end. */
	do {
		digits[--first] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number > 0);
	put_field(output, field, sign, digits + first, MOST_DIGITS - first);
}

static void put_signed(struct output *output, const struct field *field)
{
	int64_t number = field->is_long ? va_arg(output->arguments, long) :
					  va_arg(output->arguments, int);

	/* Negate as unsigned: -INT64_MIN is no int64_t. */
	if (number < 0)
		put_number(output, field, "-", -(uint64_t)number, 10);
	else
		put_number(output, field, "", (uint64_t)number, 10);
}

static void put_unsigned(struct output *output, const struct field *field,
			 unsigned int base)
{
	uint64_t number = field->is_long ?
				  va_arg(output->arguments, unsigned long) :
				  va_arg(output->arguments, unsigned int);

	put_number(output, field, "", number, base);
}

/* One conversion; false, and no argument taken, if it is unknown. */
static bool put_conversion(struct output *output, struct field *field,
			   char letter)
{
	bool is_number = letter == 'd' || letter == 'u' || letter == 'x';
	const char *text;
	char byte;

	if (field->is_long && !is_number)
		return false;
	if (!is_number && letter != 'p')
		field->zeroes = false; /* they would look like a part of it */
	switch (letter) {
	case 'd':
		put_signed(output, field);
		return true;
	case 'u':
	case 'x':
		put_unsigned(output, field, letter == 'x' ? 16 : 10);
		return true;
	case 'p':
		put_number(output, field, "0x",
			   (uintptr_t)va_arg(output->arguments, void *), 16);
		return true;
	case 'c':
		byte = (char)va_arg(output->arguments, int);
		put_field(output, field, "", &byte, 1);
		return true;
	case 's':
		text = va_arg(output->arguments, const char *);
		if (!text)
			text = "(null)";
		put_field(output, field, "", text, strlen(text));
		return true;
	case '%':
		output->put(letter, output->to);
		return true;
	default:
		return false;
	}
}

/* Read what follows a %; returns where the letter stands. */
static const char *parse_field(struct field *field, const char *format)
{
	*field = (struct field){ .zeroes = *format == '0' };
	for (; *format >= '0' && *format <= '9'; format++)
		field->width = field->width * 10 + (size_t)(*format - '0');
	if (*format == 'z') {
		field->is_long = true;
		return format + 1;
	}
	for (int i = 0; i < 2 && *format == 'l'; i++, format++)
		field->is_long = true;
	return format;
}

void format_text(void (*put)(char byte, void *to), void *to,
		 const char *format, va_list arguments)
{
	struct output output = { .put = put, .to = to };
	struct field field;
	const char *letter;

	va_copy(output.arguments, arguments);
	while (*format) {
		if (*format != '%') {
			put(*format++, to);
			continue;
		}
		letter = parse_field(&field, format + 1);
		if (put_conversion(&output, &field, *letter)) {
			format = letter + 1;
			continue;
		}
		/* As it stands; the letter may be the end, or another %. */
		put_text(&output, format, (size_t)(letter - format));
		format = letter;
	}
	va_end(output.arguments);
}
