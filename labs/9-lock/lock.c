/*
 * A spin lock, and the shared heap that stands on it.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

void lock_acquire(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	(void)lock;
	lab_unfinished("lab 9, task 1: lock_acquire");
	/* End of your code. */
}

bool lock_try(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	(void)lock;
	lab_unfinished("lab 9, task 1: lock_try");
	/* End of your code. */
}

void lock_release(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	(void)lock;
	lab_unfinished("lab 9, task 1: lock_release");
	/* End of your code. */
}

bool lock_acquire_interrupts_off(struct lock *lock)
{
	/* Lab 9, task 2: your code here. */
	(void)lock;
	lab_unfinished("lab 9, task 2: lock_acquire_interrupts_off");
	/* End of your code. */
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	/* Lab 9, task 2: your code here. */
	(void)lock;
	(void)were_on;
	lab_unfinished("lab 9, task 2: lock_release_interrupts_restore");
	/* End of your code. */
}

void shared_init(void *start, size_t size)
{
	/* Lab 9, task 3: your code here. */
	(void)start;
	(void)size;
	lab_unfinished("lab 9, task 3: shared_init");
	/* End of your code. */
}

void *shared_alloc(struct layout layout)
{
	/* Lab 9, task 3: your code here. */
	(void)layout;
	lab_unfinished("lab 9, task 3: shared_alloc");
	/* End of your code. */
}

void shared_dealloc(void *block, struct layout layout)
{
	/* Lab 9, task 3: your code here. */
	(void)block;
	(void)layout;
	lab_unfinished("lab 9, task 3: shared_dealloc");
	/* End of your code. */
}
