// Design: owner and depth: recursive lock
// Breaks: "Whoever takes a lock that it holds already waits for ever" (lock.h) -- the owner gets in again, and so does an interrupt handler of its processor
// Shown: yes: a simulation of the doors says "FAIL lock run 1: two hold lock 0 (try)"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	uint32_t me = processor_number() + 1;

	if (processor_load(&lock->words[0]) != me)
		while (processor_compare_exchange(&lock->words[0], 0, me) != 0)
			processor_pause();
	processor_add(&lock->words[1], 1);
}

bool lock_try(struct lock *lock)
{
	uint32_t me = processor_number() + 1;

	if (processor_load(&lock->words[0]) != me &&
	    processor_compare_exchange(&lock->words[0], 0, me) != 0)
		return false;
	processor_add(&lock->words[1], 1);
	return true;
}

void lock_release(struct lock *lock)
{
	if (processor_load(&lock->words[0]) == 0)
		panic("not held");
	if (processor_add(&lock->words[1], (uint32_t)-1) == 1)
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
