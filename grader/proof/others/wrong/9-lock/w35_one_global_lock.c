// Design: ticket lock, one static for all
// Breaks: "One lock. (lock-9: one lock is nothing to another; lock-17)" (lock.h) -- all struct locks share one static queue; whoever holds one cannot take another
// Shown: yes: a simulation of the doors says "FAIL lock run 0: hang"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

static uint32_t next_ticket, now_served;

void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&next_ticket, 1);

	while (processor_load(&now_served) != ticket)
		processor_pause();
	processor_store(&lock->words[0], 1);
}

bool lock_try(struct lock *lock)
{
	uint32_t now = processor_load(&now_served);

	if (processor_compare_exchange(&next_ticket, now, now + 1) != now)
		return false;
	processor_store(&lock->words[0], 1);
	return true;
}

void lock_release(struct lock *lock)
{
	if (processor_exchange(&lock->words[0], 0) == 0)
		panic("not held");
	processor_add(&now_served, 1);
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
