// Design: macros; acquire is a loop of lock_try; interrupts open while it waits
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
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
