#include "test/schedule_model.h"

#include "lib/string.h"

/* Nobody who waits for a lock needs so many doors to see that it is held. */
#define MOST_DOORS 60

void schedule_begin(struct model *model, const struct schedule *schedule)
{
	memset(model, 0, sizeof(*model));
	model->last = SCHEDULE_NOBODY;
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++) {
		model->contexts[c].is_there = schedule->contexts >> c & 1;
		model->contexts[c].is_active =
			model->contexts[c].is_there && !schedule_is_handler(c);
	}
	for (unsigned p = 0; p < PROCESSORS_MAX; p++)
		model->interrupts_on[p] = schedule->interrupts_on >> p & 1;
}

/* ---- Who can go on ---------------------------------------------------------- */

/* A program stands still while its processor handles an interrupt. */
static bool is_interrupted(const struct model *model, unsigned context)
{
	return !schedule_is_handler(context) &&
	       model->contexts[context + PROCESSORS_MAX].is_active;
}

static bool can_go_on(const struct model *model, unsigned context)
{
	const struct model_context *who = &model->contexts[context];

	return who->is_active && !is_interrupted(model, context) &&
	       (!who->waits || who->news);
}

/* Once in a schedule, while there is a program to interrupt. */
static bool interrupt_can_come(const struct model *model, unsigned context)
{
	unsigned processor = schedule_processor(context);

	return schedule_is_handler(context) &&
	       model->contexts[context].is_there &&
	       !model->contexts[context].is_active &&
	       !model->contexts[context].has_ended &&
	       model->contexts[processor].is_active &&
	       model->interrupts_on[processor];
}

/* If nobody can go on, an interrupt is no help: it need not come. */
unsigned schedule_can_go_on(const struct model *model)
{
	unsigned can = 0, may = 0;

	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++) {
		can |= (unsigned)can_go_on(model, c) << c;
		may |= (unsigned)interrupt_can_come(model, c) << c;
	}
	return can ? can | may : 0;
}

/* The first after that one that can go on, itself last; or nobody. */
static unsigned next_after(const struct model *model, unsigned last)
{
	for (unsigned i = 1; i <= SCHEDULE_CONTEXTS; i++)
		if (can_go_on(model, (last + i) % SCHEDULE_CONTEXTS))
			return (last + i) % SCHEDULE_CONTEXTS;
	return SCHEDULE_NOBODY;
}

unsigned schedule_goes_on(const struct model *model)
{
	unsigned last = model->last;

	if (last == SCHEDULE_NOBODY)
		return next_after(model, SCHEDULE_CONTEXTS - 1);
	if (can_go_on(model, last) && !model->contexts[last].waits)
		return last;
	if (model->contexts[last].has_ended &&
	    can_go_on(model, schedule_processor(last)))
		return schedule_processor(last);
	return next_after(model, last);
}

bool schedule_all_ended(const struct model *model)
{
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++)
		if (model->contexts[c].is_active)
			return false;
	return true;
}

/* ---- What is ordered ---------------------------------------------------------- */

static void join(struct model_clock *clock, const struct model_clock *other)
{
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++)
		if (clock->of[c] < other->of[c])
			clock->of[c] = other->of[c];
}

bool schedule_is_ordered(const struct model *model, unsigned context,
		      uint8_t time, unsigned later)
{
	return model->contexts[later].clock.of[context] >= time;
}

/* ---- What a door does ----------------------------------------------------------- */

/* The word, with what it holds if nobody has used it yet; NULL: there are too many. */
static struct model_word *find_word(struct model *model, uint64_t address,
				    uint32_t found)
{
	struct model_word *word = model->words;

	while (word < model->words + model->word_count &&
	       word->address != address)
		word++;
	if (word == model->words + MODEL_WORDS)
		return NULL;
	if (word == model->words + model->word_count) {
		model->word_count++;
		word->address = address;
		word->first = word->value = found;
	}
	return word;
}

static uint32_t written(const struct schedule_event *event, uint32_t before)
{
	switch (event->kind) {
	case RACE_EXCHANGE:
	case RACE_STORE:
		return event->value;
	case RACE_ADD:
		return before + event->value;
	case RACE_COMPARE_EXCHANGE:
		return before == event->expected ? event->value : before;
	default:
		return before;
	}
}

/*
 * A store counts whatever was there before: variables of a submission may be left over from
 * another schedule, and the same steps must be possible after the same steps.
 */
static void tell_others(struct model *model, unsigned context)
{
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++)
		if (c != context)
			model->contexts[c].news = true;
}

/* All but a store acquire, and all but a load or what has changed nothing release. */
static void order(struct model_context *who, struct model_word *word,
		  const struct schedule_event *event)
{
	bool fails = event->kind == RACE_COMPARE_EXCHANGE &&
		     word->value != event->expected;

	if (event->kind != RACE_STORE)
		join(&who->clock, &word->clock);
	if (event->kind != RACE_LOAD && !fails)
		word->clock = who->clock;
}

static enum model_trouble follow_word(struct model *model,
				      const struct schedule_event *event,
				      uint32_t *result, uint32_t *after)
{
	struct model_context *who = &model->contexts[event->context];
	struct model_word *word = find_word(model, event->word, event->found);

	if (!word)
		return MODEL_TOO_MANY_WORDS;
	if (word->value != event->found)
		return MODEL_WRITTEN_PAST;
	if (event->kind != RACE_STORE && who->looks_anew)
		who->looks_anew = who->news = false;
	order(who, word, event);
	*result = word->value;
	*after = written(event, word->value);
	if (*after != word->value || event->kind == RACE_STORE)
		tell_others(model, event->context);
	word->value = *after;
	return MODEL_FINE;
}

static void pause_here(struct model_context *who)
{
	who->waits = who->looks_anew = true;
	who->doors = 0;
}

static enum model_trouble follow_door(struct model *model,
				      const struct schedule_event *event,
				      uint32_t *result, uint32_t *after)
{
	struct model_context *who = &model->contexts[event->context];
	bool *interrupts_on =
		&model->interrupts_on[schedule_processor(event->context)];

	if (++who->doors > MOST_DOORS)
		return MODEL_NO_PAUSE;
	switch (event->kind) {
	case RACE_PAUSE:
		pause_here(who);
		return MODEL_FINE;
	case RACE_INTERRUPTS_OFF:
		*result = *interrupts_on;
		*interrupts_on = false;
		return MODEL_FINE;
	case RACE_INTERRUPTS_SET:
		*interrupts_on = event->value != 0;
		return MODEL_FINE;
	case RACE_NUMBER:
		return MODEL_IMPOSSIBLE;
	default:
		return follow_word(model, event, result, after);
	}
}

/* ---- One event ------------------------------------------------------------------ */

static void begin_interrupt(struct model *model, unsigned context)
{
	unsigned processor = schedule_processor(context);
	struct model_context *handler = &model->contexts[context];

	handler->is_active = true;
	join(&handler->clock, &model->contexts[processor].clock);
	model->interrupts_on[processor] = false;
}

/* The return from a handler brings the flags back, with interrupts on. */
static void end(struct model *model, unsigned context)
{
	unsigned processor = schedule_processor(context);
	struct model_context *who = &model->contexts[context];

	who->is_active = false;
	who->has_ended = true;
	if (!schedule_is_handler(context))
		return;
	join(&model->contexts[processor].clock, &who->clock);
	model->interrupts_on[processor] = true;
}

static bool is_possible(const struct model *model,
			const struct schedule_event *event)
{
	if (event->kind >= EVENT_KINDS || event->context >= SCHEDULE_CONTEXTS)
		return false;
	if ((event->kind == EVENT_INTERRUPT) !=
	    (schedule_is_handler(event->context) &&
	     !model->contexts[event->context].is_active))
		return false;
	if (event->kind <= EVENT_LAST_STEP)
		return schedule_can_go_on(model) >> event->context & 1;
	return model->contexts[event->context].is_active &&
	       !is_interrupted(model, event->context);
}

enum model_trouble schedule_follow(struct model *model,
				const struct schedule_event *event,
				uint32_t *result, uint32_t *after)
{
	enum model_trouble trouble = MODEL_FINE;
	struct model_context *who;

	*result = *after = 0;
	if (!is_possible(model, event))
		return MODEL_IMPOSSIBLE;
	who = &model->contexts[event->context];
	if (event->kind <= EVENT_LAST_STEP) {
		model->last = event->context;
		who->waits = false;
	}
	if (event->kind <= RACE_INTERRUPTS_SET)
		trouble = follow_door(model, event, result, after);
	if (event->kind == EVENT_INTERRUPT)
		begin_interrupt(model, event->context);
	if (event->kind == EVENT_END)
		end(model, event->context);
	if (event->kind == EVENT_CALL || event->kind == EVENT_RETURN)
		who->doors = 0;
	who->clock.of[event->context]++; /* what comes now is not released */
	return trouble;
}
