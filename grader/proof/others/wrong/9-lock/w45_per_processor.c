// Design: a word for each processor
// Breaks: "returns once this processor holds it and nobody else does" (lock.h) -- each processor looks only at its own word
// Shown: yes: a simulation of the doors says "FAIL heap run 0: allocator calls overlap"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	while (processor_exchange(&lock->words[processor_number()], 1) != 0)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	return processor_exchange(&lock->words[processor_number()], 1) == 0;
}

void lock_release(struct lock *lock)
{
	if (processor_exchange(&lock->words[processor_number()], 0) == 0)
		panic("lock_release: nobody holds the lock at %p", (void *)lock);
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
