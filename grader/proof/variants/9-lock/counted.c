/*
 * Design: the heap has a lock that nobody waits for twice: who does not get it lets
 * interrupts in and begins anew; and the lock counts its holders, of which there is one.
 * A test must not expect that the shared heap calls lock_acquire, or that 0 and 1 are all
 * that a word holds.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* The sum of those who hold the lock and those who had hoped to. */
static uint32_t *count(struct lock *lock)
{
	return &lock->words[2];
}

bool lock_try(struct lock *lock)
{
	return processor_compare_exchange(count(lock), 0, 1) == 0;
}

void lock_acquire(struct lock *lock)
{
	while (!lock_try(lock))
		while (processor_load(count(lock)))
			processor_pause();
}

void lock_release(struct lock *lock)
{
	uint32_t before = processor_add(count(lock), UINT32_MAX);

	require(before == 1, "%u hold the lock", before);
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

static bool enter(void)
{
	bool were_on = processor_interrupts_off();

	while (!lock_try(&heap_lock)) {
		processor_interrupts_set(were_on);
		processor_pause();
		processor_interrupts_off();
	}
	return were_on;
}

static void leave(bool were_on)
{
	lock_release_interrupts_restore(&heap_lock, were_on);
}

void shared_init(void *start, size_t size)
{
	bool were_on = enter();

	allocator_init(start, size);
	leave(were_on);
}

void *shared_alloc(struct layout layout)
{
	bool were_on;
	void *block;

	layout_check(layout);
	were_on = enter();
	block = alloc(layout);
	leave(were_on);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool were_on = enter();

	dealloc(block, layout);
	leave(were_on);
}
