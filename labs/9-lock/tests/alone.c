/* One processor, to which nothing happens; or two that only take turns. */
#include "tests.h"

#include "9-lock/beside.h"
#include "memory/heap.h"
#include "rules.h"
#include "test/test.h"

/* Where both processes of a judged run have them. */
static struct lock *free_locks(size_t count)
{
	struct lock *locks = test_heap();

	for (size_t i = 0; i < count; i++)
		locks[i] = LOCK_FREE;
	return locks;
}

void take_and_give(void)
{
	struct lock *lock = free_locks(1);

	lock_acquire(lock);
	check(&rule_takes, !lock_try(lock), "lock_try of a held lock: false",
	      "true");
	lock_release(lock);
	check(&rule_takes, lock_try(lock), "lock_try of a free lock: true",
	      "false");
	check(&rule_takes, !lock_try(lock), "lock_try of a held lock: false",
	      "true");
	lock_release(lock);
	lock_acquire(lock);
	lock_release(lock);
	for (int i = 0; i < 4; i++) {
		check(&rule_takes, lock_try(lock),
		      "lock_try of a free lock: true", "false, call %d in a row",
		      i + 1);
		lock_release(lock);
	}
}

static void release_never_taken(void)
{
	lock_release((struct lock *)HEAP_START);
}

static void release_twice(void)
{
	struct lock *lock = (struct lock *)HEAP_START;

	lock_acquire(lock);
	lock_release(lock);
	lock_release(lock);
}

static void restore_twice(void)
{
	struct lock *lock = (struct lock *)HEAP_START;
	bool were_on = lock_acquire_interrupts_off(lock);

	lock_release_interrupts_restore(lock, were_on);
	lock_release_interrupts_restore(lock, were_on);
}

void release_of_a_free_lock(void)
{
	free_locks(1);
	check_panics(&rule_misuse, "a panic: it was never taken",
		     release_never_taken);
	*(struct lock *)HEAP_START = LOCK_FREE;
	check_panics(&rule_misuse, "a panic: it was released before",
		     release_twice);
}

void restore_of_a_free_lock(void)
{
	free_locks(1);
	check_panics(&rule_misuse, "a panic: it was released before",
		     restore_twice);
}

/* More often than 16 bits can count; what 32 can would take hours. */
#define ROUNDS 70000

void many_rounds(void)
{
	bool was_held;
	uint32_t rounds = race_rounds(free_locks(1), ROUNDS, &was_held);

	check(&rule_takes, rounds == ROUNDS,
	      was_held ? "lock_try of a held lock: false" :
			 "lock_try of a free lock: true",
	      "%s, after it was taken and given back %u times",
	      was_held ? "true" : "false", rounds);
}

/* No wait is too long. */
#define PAUSES 20000

void long_wait(void)
{
	uint32_t pauses = race_long_wait(free_locks(1), PAUSES);

	check(&rule_excludes, pauses == PAUSES,
	      "lock_acquire waits until the lock is given back",
	      "it has it while another holds it, after %u pauses", pauses);
}

/* Of two locks side by side, either may be held, or both. */
void locks_apart(void)
{
	struct lock *locks = free_locks(2);

	lock_acquire(&locks[0]);
	check(&rule_apart, lock_try(&locks[1]),
	      "lock_try of a free lock, with another held: true", "false");
	lock_release(&locks[0]);
	check(&rule_apart, !lock_try(&locks[1]),
	      "lock_try of the other, which is still held: false", "true");
	check(&rule_apart, lock_try(&locks[0]),
	      "lock_try of the one that was released: true", "false");
	lock_release(&locks[1]);
	lock_release(&locks[0]);
}
