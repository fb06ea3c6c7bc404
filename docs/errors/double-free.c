/*
 * Dynamic memory that is freed twice: by each of two functions that believe it to be
 * theirs.
 */
#include <stdio.h>
#include <stdlib.h>

static void print_and_free(int *value)
{
	printf("the value is %d\n", *value);
	free(value);
}

int main(void)
{
	int *value = malloc(sizeof(*value));

	if (!value)
		return 1;
	*value = 41;
	print_and_free(value);
	free(value); /* the mistake */
	return 0;
}
