// Design: Lamport's bakery
// Breaks: "a load behind it may be made before, as long as the store waits in this processor's store buffer" (processors.h) -- the doorway is made of stores, so that two read each other's words before their own arrive
// Shown: yes: a simulation of the doors says "FAIL heap run 1: allocator calls overlap"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0..2]: the number of each processor, 0 is none; bit 31: still choosing. */
#define CHOOSING 0x80000000u

static bool before(uint32_t a, unsigned i, uint32_t b, unsigned j)
{
	return a < b || (a == b && i < j);
}

void lock_acquire(struct lock *lock)
{
	unsigned me = processor_number();
	uint32_t mine = 0;

	while (processor_load(&lock->words[me]) != 0)
		processor_pause();
	processor_store(&lock->words[me], CHOOSING);
	for (unsigned i = 0; i < PROCESSORS_MAX; i++) {
		uint32_t n = processor_load(&lock->words[i]) & ~CHOOSING;

		if (n > mine)
			mine = n;
	}
	mine++;
	processor_store(&lock->words[me], mine);
	for (unsigned i = 0; i < PROCESSORS_MAX; i++) {
		uint32_t n;

		if (i == me)
			continue;
		while ((n = processor_load(&lock->words[i])) != 0 &&
		       ((n & CHOOSING) || before(n, i, mine, me)))
			processor_pause();
	}
}

bool lock_try(struct lock *lock)
{
	unsigned me = processor_number();

	for (unsigned i = 0; i < PROCESSORS_MAX; i++)
		if (processor_load(&lock->words[i]) != 0)
			return false;
	/* A number already, for those who choose theirs meanwhile. */
	if (processor_compare_exchange(&lock->words[me], 0, CHOOSING | 1) != 0)
		return false;
	for (unsigned i = 0; i < PROCESSORS_MAX; i++)
		if (i != me && processor_load(&lock->words[i]) != 0) {
			processor_store(&lock->words[me], 0);
			return false;
		}
	processor_store(&lock->words[me], 1);
	return true;
}

void lock_release(struct lock *lock)
{
	unsigned first = PROCESSORS_MAX;
	uint32_t least = CHOOSING;

	for (unsigned i = 0; i < PROCESSORS_MAX; i++) {
		uint32_t n = processor_load(&lock->words[i]);

		if (n != 0 && n < least) {
			least = n;
			first = i;
		}
	}
	if (first == PROCESSORS_MAX)
		panic("lock_release: nobody holds it");
	processor_store(&lock->words[first], 0);
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
