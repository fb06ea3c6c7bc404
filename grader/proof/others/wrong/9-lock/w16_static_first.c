// Design: Anderson array of three flags
// Breaks: "all zero is a lock that nobody holds (and lock-9, lock-17)" (lock.h) -- who is first is remembered in a static variable, so only the first lock ever gets its first place opened
// Shown: yes: a simulation of the doors says "FAIL lock run 0: hang"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

static uint32_t opened;

/* words[0]: next, words[1..3]: the places: 0 closed, 1 open, 2 holding. */
static void open_first(struct lock *lock)
{
	if (processor_exchange(&opened, 1) == 0)
		processor_store(&lock->words[1], 1);
}

void lock_acquire(struct lock *lock)
{
	uint32_t place;

	open_first(lock);
	place = processor_add(&lock->words[0], 1) % 3;
	while (processor_compare_exchange(&lock->words[1 + place], 1, 2) != 1)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	uint32_t next;

	open_first(lock);
	next = processor_load(&lock->words[0]);
	if (processor_load(&lock->words[1 + next % 3]) != 1)
		return false;
	if (processor_compare_exchange(&lock->words[0], next, next + 1) != next)
		return false;
	processor_store(&lock->words[1 + next % 3], 2);
	return true;
}

void lock_release(struct lock *lock)
{
	for (uint32_t i = 0; i < 3; i++) {
		if (processor_load(&lock->words[1 + i]) != 2)
			continue;
		processor_store(&lock->words[1 + i], 0);
		processor_store(&lock->words[1 + (i + 1) % 3], 1);
		return;
	}
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
