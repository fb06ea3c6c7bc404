// Design: bits: held and the number of waiters
// Breaks: "False: ... nothing has changed" (lock.h) -- a failed lock_try leaves itself in the count of waiters, and its releases hand the lock over to nobody
// Shown: yes: a simulation of the doors says "FAIL lock run 0: try fails though nobody uses the lock"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0]: held or not; words[1]: who waits; words[2]: turns handed over. */
bool lock_try(struct lock *lock)
{
	if (processor_compare_exchange(&lock->words[0], 0, 1) == 0)
		return true;
	processor_add(&lock->words[1], 1);
	return false;
}

void lock_acquire(struct lock *lock)
{
	if (lock_try(lock))
		return;
	for (;;) {
		uint32_t turns = processor_load(&lock->words[2]);

		if (turns != 0 &&
		    processor_compare_exchange(&lock->words[2], turns, turns - 1) == turns)
			return;
		/* Perhaps it was given back before we were counted. */
		if (processor_compare_exchange(&lock->words[0], 0, 1) == 0) {
			processor_add(&lock->words[1], (uint32_t)-1);
			return;
		}
		processor_pause();
	}
}

void lock_release(struct lock *lock)
{
	uint32_t waiting = processor_load(&lock->words[1]);

	if (processor_load(&lock->words[0]) == 0)
		panic("not held");
	while (waiting != 0) {
		uint32_t seen = processor_compare_exchange(&lock->words[1], waiting, waiting - 1);

		if (seen == waiting) {
			processor_add(&lock->words[2], 1);
			return;
		}
		waiting = seen;
	}
	processor_store(&lock->words[0], 0);
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
