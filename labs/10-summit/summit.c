/*
 * The summit: a heap that wastes little, and whose every call is short.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 10, task 1: your code here. */
	(void)start;
	(void)size;
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 10, task 1: your code here. */
	(void)layout;
	lab_dummy("lab 10, task 1: alloc");
	return NULL;
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 10, task 2: your code here. */
	(void)block;
	(void)layout;
	lab_unfinished("lab 10, task 2: dealloc");
	/* End of your code. */
}
