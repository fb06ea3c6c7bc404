// Design: ticket lock
// Breaks: "Such pairs nest: if interrupts were off before, they stay off" (lock.h) -- the restore switches on whatever were_on says
// Shown: yes: a simulation of the doors says "FAIL heap run 0: heap changed interrupts"
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

/* words[0]: the next ticket, words[1]: the ticket that is served. */
void lock_acquire(struct lock *lock)
{
	uint32_t ticket = processor_add(&lock->words[0], 1);

	while (processor_load(&lock->words[1]) != ticket)
		processor_pause();
}

bool lock_try(struct lock *lock)
{
	uint32_t now = processor_load(&lock->words[1]);

	/* now is the next ticket, too, only if nobody has one that is not served yet. */
	return processor_compare_exchange(&lock->words[0], now, now + 1) == now;
}

void lock_release(struct lock *lock)
{
	uint32_t now = processor_load(&lock->words[1]);

	if (processor_load(&lock->words[0]) == now)
		panic("lock_release: nobody holds the lock");
	processor_store(&lock->words[1], now + 1);
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
	(void)were_on;
	processor_interrupts_set(true);
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
