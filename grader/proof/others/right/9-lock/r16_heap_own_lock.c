// Design: exchange lock with compiler fences of the builtins; the heap has a raw ticket lock of its own
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define FENCE() __atomic_signal_fence(__ATOMIC_SEQ_CST)

bool lock_try(struct lock *lock)
{
	uint32_t was = processor_exchange(&lock->words[0], 1);

	FENCE();
	return was == 0;
}

static bool look_then_try(struct lock *lock)
{
	return processor_load(&lock->words[0]) ? false : lock_try(lock);
}

void lock_acquire(struct lock *lock)
{
	while (!look_then_try(lock))
		processor_pause();
}

void lock_release(struct lock *lock)
{
	FENCE();
	/* 0 - 1 is only ever written by the way to the panic. */
	if (processor_add(&lock->words[0], (uint32_t)-1) == 0)
		panic("lock_release: there was no holder");
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

/* The heap has a lock of its own make, a ticket lock, whatever struct lock is. */
static uint32_t heap_next, heap_now;

static bool heap_in(void)
{
	bool on = processor_interrupts_off();
	uint32_t ticket = processor_add(&heap_next, 1);

	while (processor_load(&heap_now) != ticket)
		processor_pause();
	return on;
}

static void heap_out(bool on)
{
	processor_add(&heap_now, 1);
	processor_interrupts_set(on);
}

void shared_init(void *start, size_t size)
{
	bool on = heap_in();
	allocator_init(start, size);
	heap_out(on);
}

void *shared_alloc(struct layout layout)
{
	bool on = heap_in();
	void *block = alloc(layout);
	heap_out(on);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool on = heap_in();
	dealloc(block, layout);
	heap_out(on);
}
