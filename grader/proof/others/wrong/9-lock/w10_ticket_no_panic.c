// Design: ticket lock
// Breaks: "Panics if nobody holds it" (lock.h) -- release always serves the next: a second release lets the next two in
// Shown: yes: a simulation of the doors says "FAIL(seq) release of a free lock does not panic (job 0)"
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
	processor_add(&lock->words[1], 1);
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
