/*
 * Local memory: a variable of a function ends when the function returns, and an
 * address of it then leads nowhere.
 */
#include <stdio.h>

static int *square(int number)
{
	int result = number * number;

	return &result; /* the mistake */
}

int main(void)
{
	int *result = square(7);

	printf("7 squared is %d\n", *result);
	return 0;
}
