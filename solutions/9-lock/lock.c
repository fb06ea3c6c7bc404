/*
 * A spin lock, and the shared heap that stands on it.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* Your own types, variables and helpers: here. */
static uint32_t *held(struct lock *lock)
{
	return &lock->words[0];
}

static struct lock heap_lock;
/* End of your own. */

void lock_acquire(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	while (!lock_try(lock))
		processor_pause();
	/* End of your code. */
}

bool lock_try(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	return processor_exchange(held(lock), 1) == 0;
	/* End of your code. */
}

void lock_release(struct lock *lock)
{
	/* Lab 9, task 1: your code here. */
	require(processor_load(held(lock)),
		"a lock is released that nobody holds");
	processor_store(held(lock), 0);
	/* End of your code. */
}

bool lock_acquire_interrupts_off(struct lock *lock)
{
	/* Lab 9, task 2: your code here. */
	bool were_on = processor_interrupts_off();

	lock_acquire(lock);
	return were_on;
	/* End of your code. */
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	/* Lab 9, task 2: your code here. */
	lock_release(lock);
	processor_interrupts_set(were_on);
	/* End of your code. */
}

void shared_init(void *start, size_t size)
{
	/* Lab 9, task 3: your code here. */
	bool were_on = lock_acquire_interrupts_off(&heap_lock);

	allocator_init(start, size);
	lock_release_interrupts_restore(&heap_lock, were_on);
	/* End of your code. */
}

void *shared_alloc(struct layout layout)
{
	/* Lab 9, task 3: your code here. */
	bool were_on = lock_acquire_interrupts_off(&heap_lock);
	void *block = alloc(layout);

	lock_release_interrupts_restore(&heap_lock, were_on);
	return block;
	/* End of your code. */
}

void shared_dealloc(void *block, struct layout layout)
{
	/* Lab 9, task 3: your code here. */
	bool were_on = lock_acquire_interrupts_off(&heap_lock);

	dealloc(block, layout);
	lock_release_interrupts_restore(&heap_lock, were_on);
	/* End of your code. */
}
