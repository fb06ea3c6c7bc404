// Design: compare_exchange and a count of waiters
// Breaks: "False: somebody else held it, was about to take it or about to give it back during this call" (lock.h) -- who waited is taken out of the count at its next release only if nobody else is in it: so a free lock can have waiters, and try fails
// Shown: yes: a simulation of the doors says "FAIL lock run 0: try fails though nobody uses the lock"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

bool lock_try(struct lock *lock)
{
	/* Be fair: not before those who wait. */
	if (processor_load(&lock->words[1]) != 0)
		return false;
	return processor_compare_exchange(&lock->words[0], 0, 1) == 0;
}

void lock_acquire(struct lock *lock)
{
	bool waited = false;

	while (processor_compare_exchange(&lock->words[0], 0, 1) != 0) {
		if (!waited)
			processor_add(&lock->words[1], 1);
		waited = true;
		processor_pause();
	}
	if (waited && processor_load(&lock->words[1]) > 1)
		processor_add(&lock->words[1], (uint32_t)-1);
}

void lock_release(struct lock *lock)
{
	if (processor_exchange(&lock->words[0], 0) == 0)
		panic("not held");
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

static struct lock heap_lock = { { 0 } };

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
