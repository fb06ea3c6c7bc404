/*
 * A model of a few processors and their memory: what can happen next, what a door
 * returns, and which events are ordered.
 *
 * Who plays a schedule asks it what a door returns; who judges one has it follow the
 * events, each of which must be possible after those before.
 */
#ifndef TEST_SCHEDULE_MODEL_H
#define TEST_SCHEDULE_MODEL_H

#include "test/schedule.h"

#define MODEL_WORDS 40

/*
 * For each context how many of its events come before, in the sense of C11 ("happens
 * before"): by the order of a program, or from a release to the acquire that reads it.
 */
struct model_clock {
	uint8_t of[SCHEDULE_CONTEXTS];
};

struct model_word {
	uint64_t address;
	uint32_t first; /* what it held before the schedule */
	uint32_t value;
	struct model_clock clock; /* of the release that it holds */
};

struct model_context {
	bool is_there, is_active, has_ended;
	bool waits; /* it has paused, and has done nothing since */
	bool news; /* another has changed a word since it looked */
	bool looks_anew; /* it has paused, and not looked since */
	unsigned doors; /* without a pause, in one call */
	struct model_clock clock;
};

/* What is wrong with an event, whatever the program is. */
enum model_trouble {
	MODEL_FINE,
	MODEL_WRITTEN_PAST, /* the word holds what no door has written */
	MODEL_NO_PAUSE, /* it goes round and round without processor_pause */
	MODEL_TOO_MANY_WORDS,
	MODEL_IMPOSSIBLE, /* no honest player has such an event */
};

struct model {
	struct model_context contexts[SCHEDULE_CONTEXTS];
	bool interrupts_on[PROCESSORS_MAX];
	struct model_word words[MODEL_WORDS];
	size_t word_count;
	unsigned last; /* who did the last step */
};

void schedule_begin(struct model *model, const struct schedule *schedule);

/* Who can do the next step: bit c for context c.  0: nobody, for ever. */
unsigned schedule_can_go_on(const struct model *model);

/*
 * Who does the next step where the schedule does not say: the same as before unless it has
 * paused or cannot, or else the next in a circle that can; no interrupt comes.  SCHEDULE_NOBODY if
 * that is nobody.
 */
unsigned schedule_goes_on(const struct model *model);

bool schedule_all_ended(const struct model *model);

/*
 * Follow one event.  *result is what the door returns; *after what the word holds then.
 */
enum model_trouble schedule_follow(struct model *model,
				const struct schedule_event *event,
				uint32_t *result, uint32_t *after);

/* Whether what `context` did at that time comes before what `later` does next. */
bool schedule_is_ordered(const struct model *model, unsigned context,
		      uint8_t time, unsigned later);

#endif
