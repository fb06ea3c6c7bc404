// Design: plain volatile flag
// Breaks: "One that several processors use is read and written through these doors only / returns once this processor holds it and nobody else does" (lock.h+processors.h) -- a volatile word is read and written without doors; two can both read 0
// Shown: yes: a simulation of the doors says "FAIL lock run 0: plain write to a lock word"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

static volatile uint32_t *flag(struct lock *lock)
{
	return (volatile uint32_t *)&lock->words[0];
}

void lock_acquire(struct lock *lock)
{
	while (*flag(lock))
		processor_pause();
	*flag(lock) = 1;
}

bool lock_try(struct lock *lock)
{
	if (*flag(lock))
		return false;
	*flag(lock) = 1;
	return true;
}

void lock_release(struct lock *lock)
{
	if (!*flag(lock))
		panic("not held");
	*flag(lock) = 0;
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
