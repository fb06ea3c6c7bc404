// Design: test and test-and-set
// Breaks: "Called once each time round a loop that waits for another processor" (processors.h) -- the inner loop, which waits for the word to be 0, has no pause
// Shown: yes: a simulation of the doors says "FAIL lock run 11: no pause in the wait"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *lock)
{
	while (processor_exchange(&lock->words[0], 1) != 0) {
		processor_pause();
		while (processor_load(&lock->words[0]) != 0)
			;
	}
}

bool lock_try(struct lock *lock)
{
	return processor_exchange(&lock->words[0], 1) == 0;
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

/* enter() and leave() are the heap's critical section. */
static struct lock *heap(void)
{
	static struct lock mine[1];

	return mine;
}

static bool enter(void)
{
	return lock_acquire_interrupts_off(heap());
}

static void leave(bool token)
{
	lock_release_interrupts_restore(heap(), token);
}

void shared_init(void *start, size_t size)
{
	bool token = enter();
	allocator_init(start, size);
	leave(token);
}

void *shared_alloc(struct layout layout)
{
	bool token = enter();
	void *block = alloc(layout);
	leave(token);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool token = enter();
	dealloc(block, layout);
	leave(token);
}
