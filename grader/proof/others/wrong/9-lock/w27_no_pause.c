// Design: ticket lock
// Breaks: "Called once each time round a loop that waits for another processor" (processors.h) -- no processor_pause in the wait of the ticket
// Shown: yes: a simulation of the doors says "FAIL lock run 8: no pause in the wait"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0]: the next ticket, words[1]: the ticket that is served. */
void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&lock->words[0], 1);

	while (processor_load(&lock->words[1]) != ticket)
		;
}

bool lock_try(struct lock *lock)
{
	uint32_t now = processor_load(&lock->words[1]);

	/* now is the next ticket, too, only if nobody has one that is not served yet. */
	return processor_compare_exchange(&lock->words[0], now, now + 1) == now;
}

void lock_release(struct lock *lock)
{
	uint32_t now = processor_load(&lock->words[1]);

	if (processor_load(&lock->words[0]) == now)
		panic("lock_release: nobody holds the lock");
	processor_store(&lock->words[1], now + 1);
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
