// Design: compare_exchange with interrupts off in the plain acquire
// Breaks: "Whether interrupts are on is not changed" (lock.h) -- lock_acquire leaves interrupts off, lock_release switches them on
// Shown: yes: a simulation of the doors says "FAIL lock run 0: try changed interrupts"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	bool on = processor_interrupts_off();

	while (processor_compare_exchange(&lock->words[0], 0, 1) != 0)
		processor_pause();
	processor_store(&lock->words[1], on);
}

bool lock_try(struct lock *lock)
{
	bool on = processor_interrupts_off();

	if (processor_compare_exchange(&lock->words[0], 0, 1) != 0) {
		processor_interrupts_set(on);
		return false;
	}
	processor_store(&lock->words[1], on);
	return true;
}

void lock_release(struct lock *lock)
{
	bool on = processor_load(&lock->words[1]);

	if (processor_exchange(&lock->words[0], 0) == 0)
		panic("not held");
	processor_interrupts_set(on);
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
