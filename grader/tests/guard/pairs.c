/*
 * usage: pairs COUNT
 *
 * A correct program: so many blocks of 16 to 271 bytes are taken and given back, with
 * 200 others in use, and each is written to once.  For what a heap costs.
 */
#include <stdlib.h>
#include <string.h>

#include "heaps.h"

#define OTHERS 200

static char *blocks[OTHERS];
static size_t sizes[OTHERS];

static void take(size_t i, unsigned long number)
{
	sizes[i] = 16 + number * 2654435761u % 256;
	blocks[i] = TAKE(sizes[i]);
	memset(blocks[i], 1, sizes[i]);
}

/* What Valgrind counts. */
__attribute__((noinline)) void counted(unsigned long pairs);

void counted(unsigned long pairs)
{
	for (unsigned long n = 0; n < pairs; n++) {
		size_t i = n * 40503u % OTHERS;

		GIVE(blocks[i], sizes[i]);
		take(i, n);
	}
}

int main(int count, char **arguments)
{
	heap_begin();
	for (size_t i = 0; i < OTHERS; i++)
		take(i, i);
	counted(count == 2 ? strtoul(arguments[1], NULL, 10) : 0);
	for (size_t i = 0; i < OTHERS; i++)
		GIVE(blocks[i], sizes[i]);
	heap_end();
	return 0;
}
