/*
 * A pointer to an item of a vector that grows: the items move, and the pointer stays.
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	int *items = malloc(2 * sizeof(*items)), *first = items, *grown, *other;

	if (!items)
		return 1;
	items[0] = 41;
	other = malloc(2 * sizeof(*other)); /* where the items would grow to */
	grown = realloc(items, 1000 * sizeof(*items));
	if (!grown || !other)
		return 1;
	items = malloc(2 * sizeof(*items)); /* has the room where they were */
	if (!items)
		return 1;
	items[0] = 13;
	printf("the first item is %d\n", *first); /* the mistake */
	free(grown);
	free(other);
	free(items);
	return 0;
}
