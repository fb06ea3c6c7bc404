/*
 * The player of schedules: each processor is a coroutine.  It stops in front of each
 * step, and somebody is chosen: itself, another processor, or its interrupt handler,
 * which is called on the same stack as hardware would.
 */
#include <stddef.h>

#include "machine.h"
#include "test/coroutine.h"
#include "test/schedule.h"
#include "test/schedule_model.h"
#include "test/schedule_views.h"

/* All of them and what calls them fit into a machine's stack. */
#define STACK_OF_ONE (MACHINE_STACK_SIZE / 4)

static struct {
	const struct schedule *schedule;
	struct schedule_trace *trace;
	void (*program)(unsigned context);
	struct model model;
	struct coroutine caller, processors[PROCESSORS_MAX];
	unsigned running; /* the context that does what is done now */
	unsigned chosen; /* the context that does the next step */
	unsigned steps; /* that were chosen */
	bool is_running, has_begun;
} play;

bool schedule_is_running(void)
{
	return play.is_running;
}

unsigned schedule_context(void)
{
	return play.running;
}

/* ---- Who is next ------------------------------------------------------------- */

static unsigned choose(void)
{
	const struct schedule *schedule = play.schedule;
	unsigned wanted;

	if (!play.has_begun)
		return SCHEDULE_NOBODY;
	if (play.steps >= schedule->length)
		return schedule_goes_on(&play.model);
	wanted = schedule->steps[play.steps++];
	return schedule_can_go_on(&play.model) >> wanted & 1 ? wanted :
							     SCHEDULE_NOBODY;
}

/* Stop this processor until it is chosen again. */
static void switch_to_chosen(unsigned processor)
{
	struct coroutine *there = &play.caller;

	if (play.chosen != SCHEDULE_NOBODY)
		there = &play.processors[schedule_processor(play.chosen)];
	coroutine_switch(&play.processors[processor], there);
}

static uint32_t add_and_follow(const struct schedule_event *event,
			       uint32_t *after);

static void add_plain(enum schedule_event_kind kind)
{
	struct schedule_event event = { .kind = (uint8_t)kind,
					.context = (uint8_t)play.running };
	uint32_t after;

	add_and_follow(&event, &after);
}

static void handle_interrupt(unsigned interrupted)
{
	play.running = interrupted + PROCESSORS_MAX;
	add_plain(EVENT_INTERRUPT);
	play.program(play.running);
	add_plain(EVENT_END);
}

/* Returns when the next step is that of the context that calls this. */
static void take_turn(void)
{
	unsigned self = play.running;

	views_note(&play.model, self);
	play.chosen = choose();
	while (play.chosen != self) {
		if (!schedule_is_handler(self) &&
		    play.chosen == self + PROCESSORS_MAX) {
			handle_interrupt(self);
			play.chosen = choose();
		} else {
			switch_to_chosen(schedule_processor(self));
		}
	}
	play.running = self;
	views_show(&play.model, self);
}

/* ---- Two that take turns ------------------------------------------------------------ */

static struct {
	bool is_running, has_ended;
	unsigned number; /* of the processor whose turn it is */
	void (*holder)(void);
	struct coroutine processors[2];
} turns;

static void other_goes_on(void)
{
	unsigned self = turns.number;

	turns.number = 1 - self;
	coroutine_switch(&turns.processors[self], &turns.processors[1 - self]);
}

_Noreturn static void run_holder(void)
{
	turns.holder();
	turns.has_ended = true;
	for (;;)
		other_goes_on();
}

void schedule_turns(void (*waiter)(void), void (*holder)(void))
{
	char stack[STACK_OF_ONE];

	turns.is_running = true;
	turns.has_ended = false;
	turns.number = 0;
	turns.holder = holder;
	coroutine_make(&turns.processors[1], stack, sizeof(stack), run_holder);
	other_goes_on();
	waiter();
	turns.is_running = false;
}

/* All but these two doors are the machine's. */
static bool turns_take(enum race_door door, uint32_t *result)
{
	*result = turns.number;
	if (door == RACE_PAUSE && !turns.has_ended)
		other_goes_on();
	return door == RACE_PAUSE || door == RACE_NUMBER;
}

/* ---- Events --------------------------------------------------------------------- */

_Noreturn void schedule_stop(void)
{
	for (;;) {
		play.chosen = SCHEDULE_NOBODY;
		switch_to_chosen(schedule_processor(play.running));
	}
}

/* Where there is no more room, that is the end. */
static void add(const struct schedule_event *event)
{
	struct schedule_trace *trace = play.trace;

	if (trace->count == SCHEDULE_EVENTS)
		schedule_stop();
	trace->events[trace->count++] = *event;
}

/* What is wrong with it others will see; it is the last one then. */
static uint32_t add_and_follow(const struct schedule_event *event,
			       uint32_t *after)
{
	uint32_t result;

	views_note(&play.model, event->context);
	add(event);
	if (schedule_follow(&play.model, event, &result, after) != MODEL_FINE)
		schedule_stop();
	views_show(&play.model, event->context);
	return result;
}

void schedule_tell(enum schedule_event_kind kind, unsigned call,
		   unsigned object, uint32_t value, uint32_t found)
{
	struct schedule_event event = { .kind = (uint8_t)kind,
					.call = (uint8_t)call,
					.object = (uint8_t)object,
					.value = value,
					.found = found };
	uint32_t after;

	if (kind <= EVENT_LAST_STEP)
		take_turn();
	event.context = (uint8_t)play.running;
	add_and_follow(&event, &after);
}

bool race_takes(enum race_door door, uint32_t *word, uint32_t expected,
		uint32_t value, uint32_t *result)
{
	struct schedule_event event = { .kind = (uint8_t)door,
					.expected = expected,
					.value = value,
					.word = (uint64_t)word };
	uint32_t after;

	if (!play.is_running)
		return turns.is_running && turns_take(door, result);
	*result = schedule_processor(play.running);
	if (door == RACE_NUMBER)
		return true;
	take_turn();
	event.context = (uint8_t)play.running;
	event.found = word ? *word : 0;
	views_leave_out(word);
	*result = add_and_follow(&event, &after);
	if (word && after != event.found)
		*word = after;
	return true;
}

/* ---- A run ------------------------------------------------------------------------ */

_Noreturn static void run_processor(void)
{
	unsigned context = play.running;

	views_show(&play.model, context);
	play.program(context);
	schedule_tell(EVENT_END, 0, 0, 0, 0);
	play.chosen = choose();
	for (;;)
		switch_to_chosen(context);
}

void schedule_undo(void)
{
	for (size_t i = 0; i < play.model.word_count; i++) {
		const struct model_word *word = &play.model.words[i];

		*(uint32_t *)word->address = word->first;
	}
}

void schedule_forget(void)
{
	play.is_running = turns.is_running = false;
}

/* Each processor up to its first step; then the steps. */
static void run_all(char (*stacks)[STACK_OF_ONE])
{
	play.has_begun = false;
	for (unsigned p = 0; p < PROCESSORS_MAX; p++) {
		if (!(play.schedule->contexts >> p & 1))
			continue;
		coroutine_make(&play.processors[p], stacks[p], STACK_OF_ONE,
			       run_processor);
		play.running = p;
		coroutine_switch(&play.caller, &play.processors[p]);
	}
	play.has_begun = true;
	play.chosen = choose();
	if (play.chosen != SCHEDULE_NOBODY)
		coroutine_switch(
			&play.caller,
			&play.processors[schedule_processor(play.chosen)]);
}

void schedule_run(const struct schedule *schedule,
		  void (*program)(unsigned context),
		  uint32_t *words, size_t word_count,
		  struct schedule_trace *trace)
{
	char stacks[PROCESSORS_MAX][STACK_OF_ONE];

	play.schedule = schedule;
	play.program = program;
	play.trace = trace;
	play.steps = 0;
	trace->count = 0;
	schedule_begin(&play.model, schedule);
	views_begin(words, word_count);
	play.is_running = true;
	run_all(stacks);
	views_show(NULL, 0);
	play.is_running = false;
}
