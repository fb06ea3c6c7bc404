// Design: ticket lock through a struct of its own, backoff in proportion to the distance, release by add
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

struct queue {
	uint32_t *next;
	uint32_t *now;
};

static struct queue queue_of(struct lock *lock)
{
	return (struct queue){ .next = &lock->words[3], .now = &lock->words[0] };
}

void lock_acquire(struct lock *lock)
{
	struct queue q = queue_of(lock);
	uint32_t mine = processor_add(q.next, 1);
	uint32_t before;

	while ((before = mine - processor_load(q.now)) != 0)
		for (uint32_t i = 0; i < before && i < 8; i++)
			processor_pause();
}

bool lock_try(struct lock *lock)
{
	struct queue q = queue_of(lock);
	uint32_t now = processor_load(q.now);
	uint32_t next = processor_load(q.next);

	if (now != next)
		return false;
	return processor_compare_exchange(q.next, next, next + 1) == next;
}

void lock_release(struct lock *lock)
{
	struct queue q = queue_of(lock);

	if (processor_load(q.next) == processor_load(q.now))
		panic("release without acquire");
	processor_add(q.now, 1);
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

/* Without the pair of above: interrupts by hand around a plain acquire and release. */
static struct lock heap_guard;

void shared_init(void *start, size_t size)
{
	bool on = processor_interrupts_off();
	lock_acquire(&heap_guard);
	allocator_init(start, size);
	lock_release(&heap_guard);
	processor_interrupts_set(on);
}

void *shared_alloc(struct layout layout)
{
	bool on = processor_interrupts_off();
	void *p;

	while (!lock_try(&heap_guard))
		processor_pause();
	p = alloc(layout);
	lock_release(&heap_guard);
	processor_interrupts_set(on);
	return p;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool on = processor_interrupts_off();
	lock_acquire(&heap_guard);
	dealloc(block, layout);
	lock_release(&heap_guard);
	processor_interrupts_set(on);
}
