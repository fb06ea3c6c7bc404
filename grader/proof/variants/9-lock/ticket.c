/*
 * Design: a ticket lock: whoever comes first is served first.  A test must not expect
 * that one word says whether a lock is held, or that a lock that is free is all zero.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* The next ticket that is drawn, and the one that holds the lock, or may take it. */
enum { NEXT, SERVED };

void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&lock->words[NEXT], 1);

	while (processor_load(&lock->words[SERVED]) != ticket)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	uint32_t served = processor_load(&lock->words[SERVED]);

	return processor_compare_exchange(&lock->words[NEXT], served,
					  served + 1) == served;
}

void lock_release(struct lock *lock)
{
	uint32_t served = processor_load(&lock->words[SERVED]);

	require(processor_load(&lock->words[NEXT]) != served,
		"the lock at %p is free", (void *)lock);
	processor_store(&lock->words[SERVED], served + 1);
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

static struct lock heap_lock;

void shared_init(void *start, size_t size)
{
	bool were_on = lock_acquire_interrupts_off(&heap_lock);

	allocator_init(start, size);
	lock_release_interrupts_restore(&heap_lock, were_on);
}

void *shared_alloc(struct layout layout)
{
	bool were_on = lock_acquire_interrupts_off(&heap_lock);
	void *block = alloc(layout);

	lock_release_interrupts_restore(&heap_lock, were_on);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool were_on = lock_acquire_interrupts_off(&heap_lock);

	dealloc(block, layout);
	lock_release_interrupts_restore(&heap_lock, were_on);
}
