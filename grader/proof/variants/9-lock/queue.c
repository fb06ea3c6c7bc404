/*
 * Design: a queue, in which each waits for a word of its own (Mellor-Crummey and Scott,
 * 1991), with nodes that belong to the processors.  A test must not expect that all words
 * are in the lock, or that a release takes no waiting.
 */
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* Each processor may hold or wait for so many locks at once, its handlers included. */
#define NODES 4

/* A node's number is its place from 1; 0 is none. */
static struct node {
	uint32_t is_used, is_waiting, next;
} nodes[PROCESSORS_MAX * NODES + 1];

/* The last node of the queue; and that of the holder, which nobody else looks at. */
enum { LAST, HOLDER };

static uint32_t take_node(void)
{
	uint32_t number = processor_number() * NODES + 1;

	for (unsigned i = 0; i < NODES; i++, number++)
		if (!processor_exchange(&nodes[number].is_used, 1))
			return number;
	panic("processor %u takes more than %u locks", processor_number(),
	      NODES);
}

static void give_node(uint32_t number)
{
	processor_store(&nodes[number].is_used, 0);
}

void lock_acquire(struct lock *lock)
{
	uint32_t self = take_node(), before;

	processor_store(&nodes[self].is_waiting, 1);
	processor_store(&nodes[self].next, 0);
	before = processor_exchange(&lock->words[LAST], self);
	if (before) {
		processor_store(&nodes[before].next, self);
		while (processor_load(&nodes[self].is_waiting))
			processor_pause();
	}
	lock->words[HOLDER] = self;
}

bool lock_try(struct lock *lock)
{
	uint32_t self = take_node();

	processor_store(&nodes[self].next, 0);
	if (processor_compare_exchange(&lock->words[LAST], 0, self)) {
		give_node(self);
		return false;
	}
	lock->words[HOLDER] = self;
	return true;
}

void lock_release(struct lock *lock)
{
	uint32_t self = lock->words[HOLDER], next;

	require(processor_load(&lock->words[LAST]), "the lock is free");
	next = processor_load(&nodes[self].next);
	if (!next && processor_compare_exchange(&lock->words[LAST], self, 0) !=
			     self)
		while (!(next = processor_load(&nodes[self].next)))
			processor_pause();
	give_node(self);
	if (next)
		processor_store(&nodes[next].is_waiting, 0);
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
