/*
 * The bump allocator: one address, which only moves up.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

void allocator_init(void *start, size_t size)
{
	/* Lab 4, task 1: your code here. */
	(void)start;
	(void)size;
	/* End of your code. */
}

void *alloc(struct layout layout)
{
	/* Lab 4, task 1: your code here. */
	(void)layout;
	lab_dummy("lab 4, task 1: alloc");
	return NULL;
	/* End of your code. */
}

void dealloc(void *block, struct layout layout)
{
	/* Lab 4, task 3: your code here. */
	(void)block;
	(void)layout;
	lab_unfinished("lab 4, task 3: dealloc");
	/* End of your code. */
}

/*
 * The interface's defaults: made of alloc and dealloc alone, so that they serve
 * every allocator.
 */
#include "memory/allocator.h"

#include "lab.h"
#include "lib/string.h"

void *alloc_zeroed(struct layout layout)
{
	/* Lab 4, task 4: your code here. */
	(void)layout;
	lab_unfinished("lab 4, task 4: alloc_zeroed");
	/* End of your code. */
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	/* Lab 4, task 5: your code here. */
	(void)block;
	(void)layout;
	(void)new_size;
	lab_unfinished("lab 4, task 5: alloc_resized");
	/* End of your code. */
}
