/*
 * A heap of guard pages.  What each function has to do is said in pages.h.
 */
#include "8-guard/pages.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "machine.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

void pages_init(const struct mapper *mapper, struct frame_source *frames)
{
	/* Lab 8, task 6: your code here. */
	(void)mapper;
	(void)frames;
	lab_unfinished("lab 8, task 6: pages_init");
	/* End of your code. */
}

void *pages_alloc(struct layout layout)
{
	/* Lab 8, task 6: your code here. */
	(void)layout;
	lab_unfinished("lab 8, task 6: pages_alloc");
	/* End of your code. */
}

enum guard_finding pages_dealloc(void *block, struct layout layout)
{
	/* Lab 8, task 6: your code here. */
	(void)block;
	(void)layout;
	lab_unfinished("lab 8, task 6: pages_dealloc");
	/* End of your code. */
}
