// Design: test-and-set with exponential backoff, up to 32 pauses
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define LONGEST 32u

static void back_off(uint32_t *rounds)
{
	for (uint32_t i = 0; i < *rounds; i++)
		processor_pause();
	if (*rounds < LONGEST)
		*rounds *= 2;
}

bool lock_try(struct lock *lock)
{
	return !processor_exchange(lock->words, UINT32_MAX);
}

void lock_acquire(struct lock *lock)
{
	uint32_t rounds = 1;

	while (!lock_try(lock)) {
		do
			back_off(&rounds);
		while (processor_load(lock->words));
	}
}

void lock_release(struct lock *lock)
{
	if (!processor_load(lock->words))
		panic("double release?");
	processor_exchange(lock->words, 0);
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

/* enter() and leave() are the heap's critical section. */
static struct lock *heap(void)
{
	static struct lock mine[1];

	return mine;
}

static bool enter(void)
{
	return lock_acquire_interrupts_off(heap());
}

static void leave(bool token)
{
	lock_release_interrupts_restore(heap(), token);
}

void shared_init(void *start, size_t size)
{
	bool token = enter();
	allocator_init(start, size);
	leave(token);
}

void *shared_alloc(struct layout layout)
{
	bool token = enter();
	void *block = alloc(layout);
	leave(token);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool token = enter();
	dealloc(block, layout);
	leave(token);
}
