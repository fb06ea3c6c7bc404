/* A lock, and one processor that uses it. */
#include "tests.h"

#include "9-lock/lock.h"
#include "rules.h"
#include "test/test.h"

/* Where the judged run's two processes both have it. */
static struct lock *free_lock(void)
{
	struct lock *lock = test_heap();

	*lock = LOCK_FREE;
	return lock;
}

void take_and_give(void)
{
	struct lock *lock = free_lock();

	lock_acquire(lock);
	check(&rule_takes, !lock_try(lock), "lock_try of a held lock: false",
	      "true");
	lock_release(lock);
	check(&rule_takes, lock_try(lock), "lock_try of a free lock: true",
	      "false");
	lock_release(lock);
}
