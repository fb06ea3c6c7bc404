/*
 * Spin locks, and the heap that several processors and their interrupt handlers share.
 * Lab 9 writes both, out of the doors of processors/processors.h.
 *
 * What is protected by a lock is touched only between its acquire and its release, which
 * is called holding it.  All that one holder wrote, the next one sees.
 *
 * What others may use meanwhile is read and written through doors; what only a holder
 * uses is protected by the lock, and may be ordinary memory, in the lock's words, too.
 * What a call does depends on what its doors return, processor_number among them, and on
 * what holders have left there.
 */
#ifndef LABS_9_LOCK_LOCK_H
#define LABS_9_LOCK_LOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

/*
 * One lock.  What the words mean is up to the implementation; all zero is a lock that
 * nobody holds.  It stays where it is, and is taken and given back any number of times.
 */
struct lock {
	uint32_t words[4];
};

#define LOCK_FREE ((struct lock){ { 0 } })

/*
 * Take the lock: returns once this processor holds it and nobody else does.  While
 * another holds it, this waits, however long, with one processor_pause each time round
 * or several; which of those who wait is next, is not said.  Whether interrupts are on
 * is not changed: they are as before when it returns, and may be off meanwhile, but
 * never on if they were off.
 *
 * Whoever takes a lock that it holds already waits for ever, or panics: the caller's bug.
 */
void lock_acquire(struct lock *lock);

/*
 * Take the lock if that takes no waiting, without a processor_pause.  True: the caller
 * holds it, as after lock_acquire.  False: the caller held it already, or somebody else
 * held it, was about to take it or about to give it back during this call, and nothing
 * has changed.
 */
bool lock_try(struct lock *lock);

/*
 * Give the lock back.  Panics if nobody holds it: the caller's bug.  If another processor
 * holds it, that is the caller's bug, too, which may panic and need not.  Whether
 * interrupts are on is not changed.
 */
void lock_release(struct lock *lock);

/*
 * The same for a lock that interrupt handlers take, too: from before the lock is taken
 * until after it was given back, this processor's interrupts are off.  For if a handler
 * interrupted the holder and waited for it, both would stand still for ever.  Whoever
 * waits does not hold it yet: until then they may be as they were, but never on if they
 * were off.
 *
 * lock_acquire_interrupts_off returns whether interrupts were on, and
 * lock_release_interrupts_restore makes them so again.  Such pairs nest: if interrupts
 * were off before, they stay off.
 */
bool lock_acquire_interrupts_off(struct lock *lock);
void lock_release_interrupts_restore(struct lock *lock, bool were_on);

/*
 * The heap of the allocator that is linked (memory/allocator.h), for all processors and
 * for interrupt handlers: each call is one of allocator_init, alloc or dealloc, whatever
 * it is passed; their contract holds here, too, and no two of these calls below overlap,
 * on whatever processor.
 *
 * The panic of alloc at a bad align is the end of the kernel: the lock stays held.
 */
void shared_init(void *start, size_t size);
void *shared_alloc(struct layout layout);
void shared_dealloc(void *block, struct layout layout);

#endif
