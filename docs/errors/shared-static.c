/*
 * Static memory: there is one of it, for as long as the program runs.  Whoever keeps
 * its address sees what the next call writes.
 */
#include <stdio.h>

static const char *word(int number)
{
	static char text[4]; /* the mistake: each caller needs its own */

	text[0] = (char)('0' + number / 10);
	text[1] = (char)('0' + number % 10);
	text[2] = '\0';
	return text;
}

int main(void)
{
	const char *first = word(13), *second = word(41);

	printf("13 and 41 are %s and %s\n", first, second);
	return 0;
}
