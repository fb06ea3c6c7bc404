// Design: goto style, compare_exchange for all three
// Right: every sentence of lock.h and processors.h is kept
// Shown: yes: no failure in 300 to 600 random schedules of the heap and 600 to 1200 of the locks, three processors, handlers, simulated store buffers, 70000 to 140000 rounds in order (a simulation of the doors); argued besides
#include "9-lock/lock.h"

#include "lab.h"
#include "processors/processors.h"

void lock_acquire(struct lock *l)
{
	uint32_t *w = l->words + 1;

top:
	if (processor_load(w))
		goto wait;
	if (!processor_compare_exchange(w, 0, 1))
		goto got;
wait:
	processor_pause();
	goto top;
got:
	return;
}

bool lock_try(struct lock *l)
{
	if (processor_compare_exchange(l->words + 1, 0, 1))
		goto no;
	return true;
no:
	return false;
}

void lock_release(struct lock *l)
{
	if (processor_compare_exchange(l->words + 1, 1, 0) != 1)
		goto bug;
	return;
bug:
	panic("lock_release: bug of the caller");
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

static struct lock gate;

void shared_init(void *start, size_t size)
{
	bool on = processor_interrupts_off();
again:
	if (lock_try(&gate))
		goto mine;
	processor_pause();
	goto again;
mine:
	allocator_init(start, size);
	lock_release_interrupts_restore(&gate, on);
}

void *shared_alloc(struct layout layout)
{
	void *block = NULL;
	bool on = lock_acquire_interrupts_off(&gate);

	if ((block = alloc(layout)) == NULL)
		goto out;
out:
	lock_release_interrupts_restore(&gate, on);
	return block;
}

void shared_dealloc(void *block, struct layout layout)
{
	bool on = lock_acquire_interrupts_off(&gate);
	dealloc(block, layout);
	lock_release_interrupts_restore(&gate, on);
}
