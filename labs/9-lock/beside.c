#include "9-lock/beside.h"

#define LOCK_WORDS (sizeof(struct lock) / sizeof(uint32_t))

_Static_assert(RACE_LOCKS * LOCK_WORDS <= SCHEDULE_WORDS,
	       "a schedule watches the words of all locks");

static const struct race *race;
static bool were_on[SCHEDULE_CONTEXTS][RACE_LOCKS];
static bool is_held[RACE_LOCKS];

static struct layout layout_of(unsigned context)
{
	return (struct layout){ race_size(context), 8 };
}

/* ---- The allocator below -------------------------------------------------------- */

/*
 * What the linker has the piece call in place of the allocator (`between:` in the api).
 * In a race that allocator is a step, so that others may step in while it is at work.
 */
void __real_allocator_init(void *start, size_t size);
void *__real_alloc(struct layout layout);
void __real_dealloc(void *block, struct layout layout);
void __wrap_allocator_init(void *start, size_t size);
void *__wrap_alloc(struct layout layout);
void __wrap_dealloc(void *block, struct layout layout);

static void work_below(enum race_call call, uint64_t block, size_t size,
		       uint64_t result)
{
	schedule_tell(EVENT_BELOW, call, 0, (uint32_t)block, (uint32_t)size);
	schedule_tell(EVENT_WORK, call, 0, 0, 0);
	schedule_tell(EVENT_BELOW_RETURN, call, 0, 0, (uint32_t)result);
}

void __wrap_allocator_init(void *start, size_t size)
{
	if (schedule_is_running())
		work_below(RACE_INIT, (uint64_t)start, size, 0);
	else
		__real_allocator_init(start, size);
}

void *__wrap_alloc(struct layout layout)
{
	uint64_t block;

	if (!schedule_is_running())
		return __real_alloc(layout);
	block = race->is_full ? 0 : race_block(schedule_context());
	work_below(RACE_ALLOC, 0, layout.size, block);
	return (void *)block;
}

void __wrap_dealloc(void *block, struct layout layout)
{
	if (schedule_is_running())
		work_below(RACE_DEALLOC, (uint64_t)block, layout.size, 0);
	else
		__real_dealloc(block, layout);
}

/* ---- What programs call ------------------------------------------------------------ */

/* What the call returns, as a number. */
static uint64_t make_call(unsigned context,
			  const struct race_operation *operation)
{
	struct lock *lock = &race->locks[operation->lock];
	bool *was_on = &were_on[context][operation->lock];

	switch (operation->call) {
	case RACE_ACQUIRE:
		lock_acquire(lock);
		return 0;
	case RACE_TRY:
		return lock_try(lock);
	case RACE_RELEASE:
		lock_release(lock);
		return 0;
	case RACE_ACQUIRE_OFF:
		*was_on = lock_acquire_interrupts_off(lock);
		return *was_on;
	case RACE_RESTORE:
		lock_release_interrupts_restore(lock, *was_on);
		return 0;
	case RACE_INIT:
		shared_init((void *)HEAP_START, HEAP_SIZE);
		return 0;
	case RACE_ALLOC:
		return (uint64_t)shared_alloc(layout_of(context));
	default:
		shared_dealloc((void *)race_block(context), layout_of(context));
		return 0;
	}
}

/* The release of the lock that was not taken. */
static const struct race_operation *
skip(const struct race_operation *operation)
{
	unsigned lock = operation->lock;

	do
		operation++;
	while (operation->call != RACE_RELEASE || operation->lock != lock);
	return operation;
}

/*
 * Two inside are the end of a schedule: the second to give the lock back may panic, and
 * nobody would see how it came to that.
 */
static void note_taken(unsigned lock)
{
	if (is_held[lock])
		schedule_stop();
	is_held[lock] = true;
}

static void run_program(unsigned context)
{
	const struct race_operation *operation = race->programs[context];
	uint64_t result;

	for (; operation->call != RACE_NOTHING; operation++) {
		if (operation->call == RACE_WORK) {
			schedule_tell(EVENT_WORK, RACE_WORK, operation->lock,
				      0, 0);
			continue;
		}
		schedule_tell(EVENT_CALL, operation->call, operation->lock, 0,
			      0);
		if (race_gives_lock(operation->call))
			is_held[operation->lock] = false;
		result = make_call(context, operation);
		schedule_tell(EVENT_RETURN, operation->call, operation->lock,
			      0, (uint32_t)result);
		if (operation->call == RACE_TRY && !result)
			operation = skip(operation);
		else if (race_takes_lock(operation->call))
			note_taken(operation->lock);
	}
}

/* Whether the last thing that happened is the end of a program. */
static bool has_ended(const struct schedule_trace *trace)
{
	return trace->count > 0 && trace->count < SCHEDULE_EVENTS &&
	       trace->events[trace->count - 1].kind == EVENT_END;
}

static uint32_t count_free(void)
{
	uint32_t count = 0;

	for (size_t i = 0; i < RACE_LOCKS; i++)
		if (lock_try(&race->locks[i])) {
			lock_release(&race->locks[i]);
			count++;
		}
	return count;
}

void race_play(const struct race *to_play, struct schedule_trace *trace)
{
	race = to_play;
	for (size_t i = 0; i < RACE_LOCKS; i++) {
		race->locks[i] = LOCK_FREE;
		is_held[i] = false;
	}
	schedule_run(&race->schedule, run_program, race->locks[0].words,
		     RACE_LOCKS * LOCK_WORDS, trace);
	trace->result = has_ended(trace) ? count_free() : 0;
	schedule_undo();
}

/* ---- Often, and for long ----------------------------------------------------------- */

uint32_t race_rounds(struct lock *lock, uint32_t rounds, bool *was_held)
{
	for (uint32_t i = 0; i < rounds; i++) {
		*was_held = false;
		if (i % 2)
			lock_acquire(lock);
		else if (!lock_try(lock))
			return i;
		*was_held = true;
		if (lock_try(lock))
			return i;
		lock_release(lock);
	}
	return rounds;
}

static struct {
	struct lock *lock;
	uint32_t pauses, paused;
} long_wait;

static void hold_for_long(void)
{
	lock_acquire(long_wait.lock);
	for (; long_wait.paused < long_wait.pauses; long_wait.paused++)
		processor_pause();
	lock_release(long_wait.lock);
}

static void wait_for_long(void)
{
	lock_acquire(long_wait.lock);
	lock_release(long_wait.lock);
}

uint32_t race_long_wait(struct lock *lock, uint32_t pauses)
{
	long_wait.lock = lock;
	long_wait.pauses = pauses;
	long_wait.paused = 0;
	schedule_turns(wait_for_long, hold_for_long);
	return long_wait.paused;
}
