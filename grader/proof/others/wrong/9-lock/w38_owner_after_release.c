// Design: compare_exchange with an owner word
// Breaks: "Panics if nobody holds it: the caller's bug (also: touched only between its acquire and its release)" (lock.h) -- the owner word is cleared after the lock was given back: the next holder's owner is lost, and its release panics
// Shown: yes: a simulation of the doors says "FAIL heap run 1: panic: not held (line 32)"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0]: held, words[1]: owner + 1. */
static bool take(struct lock *lock)
{
	if (processor_compare_exchange(&lock->words[0], 0, 1) != 0)
		return false;
	processor_store(&lock->words[1], processor_number() + 1);
	return true;
}

void lock_acquire(struct lock *lock)
{
	while (!take(lock))
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	return take(lock);
}

void lock_release(struct lock *lock)
{
	if (processor_load(&lock->words[1]) == 0)
		panic("not held");
	processor_store(&lock->words[0], 0);
	processor_store(&lock->words[1], 0);
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
