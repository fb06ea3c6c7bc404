// Design: ticket lock, saved state in words[2]
// Breaks: "lock_release_interrupts_restore makes them so again" (lock.h) -- the state is stored in the lock before it is held, over what the holder stored
// Shown: yes: a simulation of the doors says "FAIL heap run 0: heap changed interrupts"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0]: the next ticket, words[1]: the ticket that is served. */
void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&lock->words[0], 1);

	while (processor_load(&lock->words[1]) != ticket)
		processor_pause();
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
	bool on = processor_interrupts_off();

	processor_store(&lock->words[2], on);
	lock_acquire(lock);
	return on;
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	bool on = processor_load(&lock->words[2]);

	(void)were_on;
	lock_release(lock);
	processor_interrupts_set(on);
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
