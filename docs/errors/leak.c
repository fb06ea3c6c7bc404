/*
 * Dynamic memory that nobody frees: the last pointer to it is gone.
 */
#include <stdio.h>
#include <stdlib.h>

static int sum_of_digits(int number)
{
	int *digits = malloc(8 * sizeof(*digits)), count = 0, sum = 0;

	if (!digits)
		return -1;
	for (; number > 0 && count < 8; number /= 10)
		digits[count++] = number % 10;
	while (count > 0)
		sum += digits[--count];
	return sum; /* the mistake: without free(digits) */
}

int main(void)
{
	for (int number = 1; number <= 10000; number++) {
		if (sum_of_digits(number) < 0) {
			printf("no memory is left at number %d\n", number);
			return 1;
		}
	}
	printf("all sums are done\n");
	return 0;
}
