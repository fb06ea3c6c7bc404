/*
 * A race: what each processor and each interrupt handler calls, played step by step
 * where the submission lives (kernel/test/schedule.h).
 */
#ifndef LABS_9_LOCK_BESIDE_H
#define LABS_9_LOCK_BESIDE_H

#include "9-lock/lock.h"
#include "memory/heap.h"
#include "test/schedule.h"

enum race_call {
	RACE_NOTHING, /* the end of a program */
	RACE_ACQUIRE,
	RACE_TRY, /* if it fails, all up to the release is left out */
	RACE_RELEASE,
	RACE_ACQUIRE_OFF,
	RACE_RESTORE,
	RACE_WORK, /* what the lock protects */
	RACE_INIT,
	RACE_ALLOC,
	RACE_DEALLOC,
	RACE_CALLS,
};

static inline bool race_takes_lock(unsigned call)
{
	return call == RACE_ACQUIRE || call == RACE_TRY ||
	       call == RACE_ACQUIRE_OFF;
}

static inline bool race_gives_lock(unsigned call)
{
	return call == RACE_RELEASE || call == RACE_RESTORE;
}

struct race_operation {
	uint8_t call; /* enum race_call */
	uint8_t lock; /* which of the locks */
};

#define RACE_OPERATIONS 12
#define RACE_LOCKS 2

struct race {
	struct schedule schedule;
	struct race_operation programs[SCHEDULE_CONTEXTS][RACE_OPERATIONS];
	struct lock *locks; /* in the heap region; free */
	bool is_full; /* the allocator below has no block */
};

/* What contexts ask of the heap, and what the allocator below gives them. */
static inline uint32_t race_size(unsigned context)
{
	return 24 + 8 * context;
}

static inline uint64_t race_block(unsigned context)
{
	return HEAP_START + PAGE_SIZE * (2 + context);
}

/*
 * Play it.  The calls of a program are EVENT_CALL and EVENT_RETURN with the lock as the
 * object; those of the allocator below are EVENT_BELOW and EVENT_BELOW_RETURN, and no
 * allocator is called.  The result is the number of locks that could be taken afterwards.
 */
void race_play(const struct race *race, struct schedule_trace *trace);

/*
 * Take a free lock and give it back so many times, by lock_try and lock_acquire in turn,
 * and try it in between.  Returns how many times all went well; otherwise says whether
 * the last lock_try was of a held lock.
 */
uint32_t race_rounds(struct lock *lock, uint32_t rounds, bool *was_held);

/*
 * One processor holds the lock while it pauses so many times, and another waits for it.
 * Returns how often the holder had paused when the other one had the lock.
 */
uint32_t race_long_wait(struct lock *lock, uint32_t pauses);

#endif
