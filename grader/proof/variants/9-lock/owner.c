/*
 * Design: the lock knows its owner, panics when a processor waits for itself, and lets
 * interrupts in while it waits.  A test must not expect that interrupts stay off while
 * somebody waits, or that the word of a held lock is 1.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define FREE 0

/* Of this processor, also in its handlers: what it has interrupted holds no such lock. */
static uint32_t self(void)
{
	return processor_number() + 1;
}

bool lock_try(struct lock *lock)
{
	return processor_compare_exchange(&lock->words[1], FREE, self()) ==
	       FREE;
}

void lock_acquire(struct lock *lock)
{
	uint32_t owner;

	while ((owner = processor_compare_exchange(&lock->words[1], FREE,
						   self())) != FREE) {
		require(owner != self(), "processor %u waits for itself",
			owner - 1);
		processor_pause();
	}
}

void lock_release(struct lock *lock)
{
	require(processor_load(&lock->words[1]) == self(),
		"processor %u does not hold this lock", self() - 1);
	processor_store(&lock->words[1], FREE);
}

bool lock_acquire_interrupts_off(struct lock *lock)
{
	for (;;) {
		bool were_on = processor_interrupts_off();

		if (lock_try(lock))
			return were_on;
		if (were_on)
			processor_interrupts_set(true);
		processor_pause();
	}
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	lock_release(lock);
	if (were_on)
		processor_interrupts_set(true);
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
