// Design: owner by exchange
// Breaks: "False: ... nothing has changed" (lock.h) -- lock_try exchanges its own number in and puts the old owner back: a release in between is undone
// Shown: yes: a simulation of the doors says "FAIL lock run 0: hang"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	while (processor_compare_exchange(&lock->words[0], 0, processor_number() + 1) != 0)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	uint32_t was = processor_exchange(&lock->words[0], processor_number() + 1);

	if (was == 0)
		return true;
	processor_exchange(&lock->words[0], was);
	return false;
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
