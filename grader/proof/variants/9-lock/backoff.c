/*
 * Design: looks before it exchanges, and waits twice as long each time that was in vain.
 * A test must not expect an exchange in every call, or that one pause is all of a round.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define LONGEST 8

static void wait(unsigned *rounds)
{
	for (unsigned i = 0; i < *rounds; i++)
		processor_pause();
	if (*rounds < LONGEST)
		*rounds *= 2;
}

void lock_acquire(struct lock *lock)
{
	unsigned rounds = 1;

	while (!lock_try(lock))
		wait(&rounds);
}

bool lock_try(struct lock *lock)
{
	return !processor_load(&lock->words[3]) &&
	       !processor_exchange(&lock->words[3], 0xffffffff);
}

void lock_release(struct lock *lock)
{
	if (!processor_exchange(&lock->words[3], 0))
		panic("released twice");
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
