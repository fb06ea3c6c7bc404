// Design: compare_exchange; one heap lock for alloc and one for dealloc
// Breaks: "no two of these calls below overlap, on whatever processor" (lock.h) -- alloc and dealloc overlap
// Shown: yes: a simulation of the doors says "FAIL heap run 0: allocator calls overlap"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define W(lock) (&(lock)->words[3])
#define FREE 0u
#define HELD 0xdeadu
#define SPIN_UNTIL(condition)              \
	do {                               \
		if (condition)             \
			break;             \
		processor_pause();         \
	} while (1)

bool lock_try(struct lock *lock)
{
	return FREE == processor_compare_exchange(W(lock), FREE, HELD);
}

void lock_acquire(struct lock *lock)
{
	SPIN_UNTIL(lock_try(lock));
}

void lock_release(struct lock *lock)
{
	if (HELD != processor_compare_exchange(W(lock), HELD, FREE))
		panic("lock %p is not held", (void *)lock);
}

/* While we wait, interrupts are as they were: only whoever has the lock needs them off. */
bool lock_acquire_interrupts_off(struct lock *lock)
{
	for (;;) {
		bool were_on = processor_interrupts_off();

		if (lock_try(lock))
			return were_on;
		processor_interrupts_set(were_on);
		processor_pause();
	}
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	lock_release(lock);
	processor_interrupts_set(were_on);
}

static struct lock the_heap, the_freed;

#define LOCKED(the_heap, statement)                                          \
	do {                                                                 \
		const bool locked_on = lock_acquire_interrupts_off(&the_heap); \
		statement;                                                   \
		lock_release_interrupts_restore(&the_heap, locked_on);       \
	} while (0)

void shared_init(void *start, size_t size)
{
	LOCKED(the_heap, allocator_init(start, size));
}

void *shared_alloc(struct layout layout)
{
	void *block;

	LOCKED(the_heap, block = alloc(layout));
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	LOCKED(the_freed, dealloc(block, layout));
}
