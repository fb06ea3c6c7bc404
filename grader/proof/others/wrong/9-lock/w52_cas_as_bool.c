// Design: compare_exchange taken for a bool, as in C11
// Breaks: "Each returns what the word was before" (processors.h) -- the wait ends when the lock is held, not when it was taken
// Shown: yes: a simulation of the doors says "FAIL heap run 0: panic: not held (line 23)"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	while (!processor_compare_exchange(&lock->words[0], 0, 1))
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	return processor_compare_exchange(&lock->words[0], 0, 1);
}

void lock_release(struct lock *lock)
{
	if (!processor_compare_exchange(&lock->words[0], 1, 0))
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
