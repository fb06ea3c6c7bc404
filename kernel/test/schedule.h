/*
 * Processors that a test plays, step by step, in every order that it wants.
 *
 * Up to three processors have a program each, and so may the interrupt handler of each:
 * six contexts.  A step is what one context does at one door (processors.h) and up to
 * its next.  A schedule says who does each step; where it says no more, nobody steps in
 * without need.  So the same schedule is the same run, on every computer.
 *
 * schedule_run plays one where the submission lives.  What it returns, a list of events,
 * is judged elsewhere: schedule_model.h says whether such a list is possible,
 * schedule_search.h makes one schedule after the other.
 */
#ifndef TEST_SCHEDULE_H
#define TEST_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "processors/processors.h"
#include "processors/race.h"

/* Context c is the program of processor c; context c + PROCESSORS_MAX its handler. */
#define SCHEDULE_CONTEXTS (2 * PROCESSORS_MAX)
#define SCHEDULE_EVENTS 250
#define SCHEDULE_WORDS 8
#define SCHEDULE_NOBODY SCHEDULE_CONTEXTS

static inline unsigned schedule_processor(unsigned context)
{
	return context % PROCESSORS_MAX;
}

static inline bool schedule_is_handler(unsigned context)
{
	return context >= PROCESSORS_MAX;
}

/* What is to be played. */
struct schedule {
	uint8_t contexts; /* bit c: context c has a program */
	uint8_t interrupts_on; /* bit p: processor p begins with interrupts on */
	uint8_t length;
	uint8_t steps[SCHEDULE_EVENTS]; /* the context that does each of them */
};

/*
 * What happens: the doors of race.h, and these.  Steps come first: before each of them
 * another context may go on.  The other events belong to the step before.
 */
enum schedule_event_kind {
	EVENT_INTERRUPT = RACE_INTERRUPTS_SET + 1, /* the handler begins */
	EVENT_WORK, /* a step of the program's own */
	EVENT_LAST_STEP = EVENT_WORK,
	EVENT_END, /* of the program, or of the handler */
	EVENT_CALL, /* the program calls what is tested */
	EVENT_RETURN,
	EVENT_BELOW, /* what is tested calls a function of ours */
	EVENT_BELOW_RETURN,
	EVENT_KINDS,
};

struct schedule_event {
	uint8_t kind; /* enum race_door or schedule_event_kind */
	uint8_t context;
	/*
	 * Of a call: which, by the program's own numbers, and of what.
	 */
	uint8_t call, object;
	uint32_t expected, value; /* as race_takes has them */
	uint32_t found; /* in the word, before; or what a call has returned */
	uint64_t word; /* its address, for comparisons only */
};

struct schedule_trace {
	uint32_t count;
	uint32_t result; /* for the programs: what they found afterwards */
	struct schedule_event events[SCHEDULE_EVENTS];
};

/*
 * Play the schedule, with program(context) for each of its contexts.  Ends when all
 * have returned, when nobody can go on, or when there is no room in the trace.
 *
 * Of these words, SCHEDULE_WORDS at most, a context sees what others have written without
 * a door only once a door has told it (schedule_views.h).
 */
void schedule_run(const struct schedule *schedule,
		  void (*program)(unsigned context),
		  uint32_t *words, size_t word_count,
		  struct schedule_trace *trace);

/*
 * Let the words that doors have used hold what they held before the schedule: a variable
 * of the submission's may be one, and the next schedule is to find it the same.
 */
void schedule_undo(void);

/* A test was left in the middle of a schedule or of turns: nothing is played any more. */
void schedule_forget(void);

/*
 * Without a schedule, two processors that take turns: where one pauses, the other goes on,
 * and processor 1 begins.  Returns when waiter, on processor 0, has returned.  What holder
 * has not come to then is left out.
 */
void schedule_turns(void (*waiter)(void), void (*holder)(void));

/* For the programs: whether a schedule is being played, and by whom. */
bool schedule_is_running(void);
unsigned schedule_context(void);

/* For the programs: that was the last event of this schedule.  Does not return. */
_Noreturn void schedule_stop(void);

/* For the programs: one more event, a step or not. */
void schedule_tell(enum schedule_event_kind kind, unsigned call,
		   unsigned object, uint32_t value, uint32_t found);

#endif
