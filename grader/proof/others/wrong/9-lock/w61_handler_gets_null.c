// Design: Anderson lock; the heap knows who holds it and turns handlers away
// Breaks: "each call is allocator_init, alloc or dealloc (lock-14; lock-16: an interrupt handler may use the shared heap)" (lock.h) -- interrupts stay on, and a handler that finds the heap held by its own processor gets NULL, or loses its block
// Shown: yes: a simulation of the doors says "FAIL heap run 0: allocator called with interrupts on"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/*
 * words[0]: the next ticket.  words[1]: the holder's.  words[2] and words[3]: places to
 * wait at, ticket t at place t % 2, until its own number is written there.
 */
static uint32_t *place(struct lock *lock, uint32_t ticket)
{
	return &lock->words[2 + ticket % 2];
}

void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&lock->words[0], 1);

	while (processor_load(place(lock, ticket)) != ticket)
		processor_pause();
	processor_store(&lock->words[1], ticket);
}

bool lock_try(struct lock *lock)
{
	uint32_t ticket = processor_load(&lock->words[0]);

	if (processor_load(place(lock, ticket)) != ticket)
		return false;
	if (processor_compare_exchange(&lock->words[0], ticket, ticket + 1) != ticket)
		return false;
	processor_store(&lock->words[1], ticket);
	return true;
}

void lock_release(struct lock *lock)
{
	uint32_t next = processor_load(&lock->words[0]);
	uint32_t mine = processor_load(&lock->words[1]);

	if (processor_load(place(lock, next)) == next)
		panic("lock_release: free, ticket %u is the next", (unsigned)next);
	processor_store(place(lock, mine + 1), mine + 1);
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

static struct lock heap_lock;
/* The processor that holds it, + 1. */
static uint32_t heap_owner;

static bool enter(void)
{
	if (processor_load(&heap_owner) == processor_number() + 1)
		return false;
	lock_acquire(&heap_lock);
	processor_store(&heap_owner, processor_number() + 1);
	return true;
}

static void leave(void)
{
	processor_store(&heap_owner, 0);
	lock_release(&heap_lock);
}

void shared_init(void *start, size_t size)
{
	if (enter()) {
		allocator_init(start, size);
		leave();
	}
}

void *shared_alloc(struct layout layout)
{
	void *block = NULL;

	if (enter()) {
		block = alloc(layout);
		leave();
	}
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	if (enter()) {
		dealloc(block, layout);
		leave();
	}
}
