// Design: compare_exchange with expected and value swapped
// Breaks: "compare_exchange writes the value if the word was as expected" (processors.h) -- (word, 1, 0) finds 0, writes nothing and is taken for success: everybody gets the lock
// Shown: yes: a simulation of the doors says "FAIL heap run 0: allocator calls overlap"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

bool lock_try(struct lock *lock)
{
	return processor_compare_exchange(&lock->words[0], 1, 0) == 0;
}

void lock_acquire(struct lock *lock)
{
	while (!lock_try(lock))
		processor_pause();
}

void lock_release(struct lock *lock)
{
	if (processor_compare_exchange(&lock->words[0], 0, 1) == 1)
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
