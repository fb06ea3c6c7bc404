// Design: ticket lock in one word: high half next ticket, low half served; release by a compare_exchange loop
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

#define ONE_TICKET 0x10000u
#define TICKET(word) ((word) >> 16)
#define SERVED(word) ((word) & 0xffffu)

void lock_acquire(struct lock *lock)
{
	uint32_t *word = &lock->words[2];
	uint32_t mine = TICKET(processor_add(word, ONE_TICKET));

	while (SERVED(processor_load(word)) != mine)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	uint32_t *word = &lock->words[2];
	uint32_t was = processor_load(word);

	if (TICKET(was) != SERVED(was))
		return false;
	return processor_compare_exchange(word, was, was + ONE_TICKET) == was;
}

void lock_release(struct lock *lock)
{
	uint32_t *word = &lock->words[2];
	uint32_t was = processor_load(word);

	for (;;) {
		uint32_t now, seen;

		if (TICKET(was) == SERVED(was))
			panic("lock_release of a free lock, word %08x", (unsigned)was);
		/* Not by add: a carry out of the low half would be a ticket. */
		now = (was & 0xffff0000u) | SERVED(was + 1);
		seen = processor_compare_exchange(word, was, now);
		if (seen == was)
			return;
		was = seen;
	}
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

/* Everything goes through one place. */
enum what { INIT, ALLOC, DEALLOC };

static void *heap_call(enum what what, void *pointer, size_t size, struct layout layout)
{
	static struct lock lock;
	void *result = NULL;
	bool were_on = lock_acquire_interrupts_off(&lock);

	switch (what) {
	case INIT:
		allocator_init(pointer, size);
		break;
	case ALLOC:
		result = alloc(layout);
		break;
	case DEALLOC:
		dealloc(pointer, layout);
		break;
	}
	lock_release_interrupts_restore(&lock, were_on);
	return result;
}

void shared_init(void *start, size_t size)
{
	(void)heap_call(INIT, start, size, (struct layout){ 0, 1 });
}

void *shared_alloc(struct layout layout)
{
	return heap_call(ALLOC, NULL, 0, layout);
}

void shared_dealloc(void *block, struct layout layout)
{
	(void)heap_call(DEALLOC, block, 0, layout);
}
