/*
 * The formatter against fixed texts, and against the host's own printf for
 * every number at the edges.
 */
#include "lib/format.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static char text[512];
static size_t text_length;

static void keep(char byte, void *unused)
{
	(void)unused;
	if (text_length < sizeof(text) - 1)
		text[text_length++] = byte;
	text[text_length] = '\0';
}

/* Not marked as printf-like: some tests hand over what a compiler refuses. */
static const char *formatted(const char *format, ...)
{
	va_list arguments;

	text_length = 0;
	text[0] = '\0';
	va_start(arguments, format);
	format_text(keep, NULL, format, arguments);
	va_end(arguments);
	return text;
}

static void is(const char *got, const char *expected, const char *sentence)
{
	if (!ok(strcmp(got, expected) == 0, sentence))
		printf("# expected \"%s\", got \"%s\"\n", expected, got);
}

static void test_texts(void)
{
	is(formatted(""), "", "an empty format prints nothing");
	is(formatted("plain\n"), "plain\n", "plain text is copied");
	is(formatted("%c%c", 'a', 'b'), "ab", "%c prints a character");
	formatted("a%cb", 0);
	ok(text_length == 3 && memcmp(text, "a\0b", 3) == 0,
	   "%c prints a 0 byte, too");
	is(formatted("<%s>", "text"), "<text>", "%s prints a string");
	is(formatted("<%s>", ""), "<>", "%s prints an empty string");
	is(formatted("<%s>", (char *)NULL), "<(null)>", "%s survives NULL");
	is(formatted("<%6s>", "ab"), "<    ab>", "%6s is padded with spaces");
	is(formatted("<%06s>", "ab"), "<    ab>", "%06s is, too");
	is(formatted("<%3c>", 'x'), "<  x>", "%3c is padded");
	is(formatted("<%2s>", "long"), "<long>", "a width cuts nothing off");
	is(formatted("100%%"), "100%", "%% prints a %");
}

static void test_numbers(void)
{
	is(formatted("%d %d %d", 0, 7, -7), "0 7 -7", "%d prints a sign");
	is(formatted("%d", INT_MIN), "-2147483648", "%d prints INT_MIN");
	is(formatted("%ld", LONG_MIN), "-9223372036854775808",
	   "%ld prints LONG_MIN");
	is(formatted("%u", UINT_MAX), "4294967295", "%u prints UINT_MAX");
	is(formatted("%llu", ULLONG_MAX), "18446744073709551615",
	   "%llu prints 2^64 - 1");
	is(formatted("%zu", SIZE_MAX), "18446744073709551615",
	   "%zu prints SIZE_MAX");
	is(formatted("%x", 0xdeadbeef), "deadbeef", "%x prints no 0x");
	is(formatted("%u %x", -1, -1), "4294967295 ffffffff",
	   "%u and %x take 32 bits only");
	is(formatted("%lx %llx %zx", 1ul << 63, 1ull << 32, (size_t)0xa),
	   "8000000000000000 100000000 a", "%lx, %llx and %zx take 64 bits");
	is(formatted("%016llx", 0x444444440000ull), "0000444444440000",
	   "%016llx pads with zeroes");
	is(formatted("<%5d><%5d>", 42, -42), "<   42><  -42>",
	   "%5d pads before the sign");
	is(formatted("<%05d>", -42), "<-0042>", "%05d pads behind the sign");
	is(formatted("<%0d>", 5), "<5>", "%0d has no width");
	is(formatted("%p", (void *)0xb8000), "0xb8000", "%p prints 0x");
	is(formatted("%p", (void *)NULL), "0x0", "%p prints NULL as a number");
	is(formatted("<%9p>", (void *)0xb8000), "<  0xb8000>",
	   "%9p counts its 0x");
	is(formatted("%40d", 1), "                                       1",
	   "a width may be larger than any number");
}

static void test_unknown(void)
{
	is(formatted("%q"), "%q", "an unknown conversion stays");
	is(formatted("a %5.2f b", 1.0), "a %5.2f b", "so does all around it");
	is(formatted("%-5d|"), "%-5d|", "so does an unknown flag");
	is(formatted("%"), "%", "a % at the end stays");
	is(formatted("%05"), "%05", "so does one with a width");
	is(formatted("%ll"), "%ll", "so does one with a length");
	is(formatted("%ls %lc %zs"), "%ls %lc %zs",
	   "a length before what has none makes it unknown");
	is(formatted("%llld", 1), "%llld", "so does one l too many");
	is(formatted("%l%d", 3), "%l3", "a % ends an unknown conversion");
	is(formatted("%q %d", 3), "%q 3", "an unknown one takes no argument");
}

/* Many arguments: the first few travel in registers, the rest on the stack. */
static void test_many(void)
{
	is(formatted("%d %s %llx %c %zu %u %x %ld %p %d", -1, "two",
		     0x333333333ull, '4', (size_t)5, 6u, 7u, 8l, (void *)9, 10),
	   "-1 two 333333333 4 5 6 7 8 0x9 10",
	   "ten arguments of all sizes arrive in order");
}

/* Powers of two and their neighbours, both signs, in three shapes. */
static void test_against_host(void)
{
	bool same = true;
	char expected[200];

	for (int i = 0; i < 64 * 3; i++) {
		uint64_t n = (1ull << (i / 3)) + (uint64_t)(i % 3) - 1;

		snprintf(expected, sizeof(expected),
			 "%ld|%lu|%lx|%030ld|%25lx|%d|%08x", (long)n, n, n,
			 -(long)(n >> 1), n, (int)n, (unsigned int)n);
		formatted("%ld|%lu|%lx|%030ld|%25lx|%d|%08x", (long)n, n, n,
			  -(long)(n >> 1), n, (int)n, (unsigned int)n);
		if (strcmp(text, expected) != 0) {
			printf("# expected %s\n# got      %s\n", expected,
			       text);
			same = false;
		}
	}
	ok(same, "numbers around all powers of two print as on the host");
}

int main(void)
{
	test_texts();
	test_numbers();
	test_unknown();
	test_many();
	test_against_host();
	return tap_end();
}
