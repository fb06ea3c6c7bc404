// Design: free is 1, set up at first use
// Breaks: "all zero is a lock that nobody holds" (lock.h) -- two that use it first at the same time both set it up: the second frees what the first has taken
// Shown: yes: a simulation of the doors says "FAIL heap run 0: panic: not held (line 33)"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

static uint32_t *ready(struct lock *lock)
{
	if (processor_load(&lock->words[1]) == 0) {
		processor_store(&lock->words[0], 1);
		processor_store(&lock->words[1], 1);
	}
	return &lock->words[0];
}

/* 1 is one that can be had, as in a semaphore. */
bool lock_try(struct lock *lock)
{
	return processor_exchange(ready(lock), 0) == 1;
}

void lock_acquire(struct lock *lock)
{
	while (!lock_try(lock))
		processor_pause();
}

void lock_release(struct lock *lock)
{
	if (processor_exchange(ready(lock), 1) == 1)
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
