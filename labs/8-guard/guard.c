/*
 * The guard: blocks between zones, a quarantine for freed ones, and notes about
 * both.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

void guard_init(void *start, size_t size)
{
	/* Lab 8, task 1: your code here. */
	(void)start;
	(void)size;
	/* End of your code. */
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	/* Lab 8, task 1: your code here. */
	(void)layout;
	(void)site;
	lab_unfinished("lab 8, task 1: guard_alloc");
	/* End of your code. */
}

struct guard_report guard_check(void)
{
	/* Lab 8, task 2: your code here. */
	lab_unfinished("lab 8, task 2: guard_check");
	/* End of your code. */
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	/* Lab 8, task 3: your code here. */
	(void)block;
	(void)layout;
	(void)site;
	lab_unfinished("lab 8, task 3: guard_dealloc");
	/* End of your code. */
}

struct guard_leak guard_leak(size_t index)
{
	/* Lab 8, task 5: your code here. */
	(void)index;
	lab_unfinished("lab 8, task 5: guard_leak");
	/* End of your code. */
}
