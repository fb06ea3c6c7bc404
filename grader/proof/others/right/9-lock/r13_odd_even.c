// Design: a counter: odd is held; also says how often the lock was used
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

static bool is_held(uint32_t count)
{
	return count & 1;
}

bool lock_try(struct lock *lock)
{
	uint32_t count = processor_load(&lock->words[0]);

	return !is_held(count) &&
	       processor_compare_exchange(&lock->words[0], count, count + 1) == count;
}

void lock_acquire(struct lock *lock)
{
	for (;;) {
		if (lock_try(lock))
			return;
		processor_pause();
	}
}

void lock_release(struct lock *lock)
{
	uint32_t count = processor_load(&lock->words[0]);

	require(is_held(count), "lock_release: nobody holds it (count %u)", (unsigned)count);
	processor_store(&lock->words[0], count + 1);
}

bool lock_acquire_interrupts_off(struct lock *lock)
{
	const bool on = processor_interrupts_off();
	lock_acquire(lock);
	return on;
}

void lock_release_interrupts_restore(struct lock *lock, bool were_on)
{
	lock_release(lock);
	if (were_on)
		processor_interrupts_set(true);
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
