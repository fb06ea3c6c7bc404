/*
 * Dynamic memory that is used after it was freed: somebody else may have it.
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	int *mine = malloc(sizeof(*mine)), *theirs;

	if (!mine)
		return 1;
	*mine = 41;
	free(mine);
	theirs = malloc(sizeof(*theirs));
	if (!theirs)
		return 1;
	*theirs = 13;
	printf("mine is %d\n", *mine); /* the mistake */
	free(theirs);
	return 0;
}
