// Design: test, then set by a store
// Breaks: "returns once this processor holds it and nobody else does" (lock.h) -- between load and store another one loads 0 too
// Shown: yes: a simulation of the doors says "FAIL heap run 0: allocator calls overlap"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	while (processor_load(&lock->words[0]) != 0)
		processor_pause();
	processor_store(&lock->words[0], 1);
}

bool lock_try(struct lock *lock)
{
	if (processor_load(&lock->words[0]) != 0)
		return false;
	processor_store(&lock->words[0], 1);
	return true;
}

void lock_release(struct lock *lock)
{
	if (processor_load(&lock->words[0]) == 0)
		panic("not held");
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

static struct lock the_heap;

#define LOCKED(statement)                                                    \
	do {                                                                 \
		const bool locked_on = lock_acquire_interrupts_off(&the_heap); \
		statement;                                                   \
		lock_release_interrupts_restore(&the_heap, locked_on);       \
	} while (0)

void shared_init(void *start, size_t size)
{
	LOCKED(allocator_init(start, size));
}

void *shared_alloc(struct layout layout)
{
	void *block;

	LOCKED(block = alloc(layout));
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	LOCKED(dealloc(block, layout));
}
