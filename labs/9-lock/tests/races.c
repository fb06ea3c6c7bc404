#include "races.h"

#include "lib/string.h"
#include "memory/heap.h"
#include "rules.h"
#include "test/schedule_search.h"

#define NOBODY SCHEDULE_NOBODY
/* Beside the locks, the allocator below. */
#define BELOW RACE_LOCKS
#define RESOURCES (RACE_LOCKS + 1)

struct race race;
bool race_checks_order;

/* What a judge knows of one context. */
struct judged {
	unsigned at; /* the operation of its program */
	bool is_calling;
	bool has_met; /* in this call, another that uses the lock */
	bool interrupts; /* when the call began */
	bool were_on[RACE_LOCKS];
	unsigned calls_below;
	uint32_t from_below;
};

struct resource {
	unsigned holder;
	unsigned users; /* from before it is taken until after it was given back */
	unsigned left_by; /* the last holder, */
	uint8_t left_at; /* and when */
};

static struct search search;
static struct schedule_trace trace;
static struct model model;
static struct judged judged[SCHEDULE_CONTEXTS];
static struct resource resources[RESOURCES];
static const struct rule *stuck_rule;
static unsigned shown; /* so many events are shown */

/* ---- A race ------------------------------------------------------------------ */

void race_begin(void)
{
	memset(&race, 0, sizeof(race));
	race_checks_order = false;
	race.locks = test_heap();
}

void race_program_of(unsigned context, const struct race_operation *operations,
		     size_t count)
{
	memcpy(race.programs[context], operations,
	       count * sizeof(operations[0]));
	race.schedule.contexts |= (uint8_t)(1u << context);
}

static void show_schedule(void)
{
	race_show_schedule(search.played + 1, trace.events,
			   shown < trace.count ? shown : trace.count);
}

/* ---- One schedule, judged --------------------------------------------------------- */

static bool interrupts_of(unsigned context)
{
	return model.interrupts_on[schedule_processor(context)];
}

static const struct race_operation *operation_of(unsigned context)
{
	return &race.programs[context][judged[context].at];
}

/* The player is honest, or its list is none of such a program. */
static void judge_honest(bool is_so, const char *what)
{
	check(&rule_alike, is_so, "events of this race, in an order that can be",
	      "%s", what);
}

/* Two are inside, and no door was there to keep one out. */
static void check_doors(const struct resource *resource, unsigned context)
{
	check(&rule_doors, resource->holder == NOBODY || model.word_count > 0,
	      "a lock that is taken and given back through doors",
	      "no word was used by a door, and %s is inside while %s is",
	      race_context(context), race_context(resource->holder));
}

static void take(struct resource *resource, unsigned context,
		 const struct rule *excludes)
{
	if (excludes == &rule_excludes)
		check_doors(resource, context);
	check(excludes, resource->holder == NOBODY, "one holder",
	      "%s is inside while %s is", race_context(context),
	      race_context(resource->holder));
	check(&rule_order,
	      !race_checks_order || resource->left_by == NOBODY ||
		      schedule_is_ordered(&model, resource->left_by,
				       resource->left_at, context),
	      "an acquire of what the last holder released",
	      "nothing that %s did tells it that %s is done", race_context(context),
	      race_context(resource->left_by));
	resource->holder = context;
}

static void leave(struct resource *resource, unsigned context)
{
	resource->holder = NOBODY;
	resource->left_by = context;
	resource->left_at = model.contexts[context].clock.of[context];
}

/* Those who try the lock meanwhile have met somebody. */
static void tell_others(unsigned context, unsigned lock)
{
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++)
		if (c != context && judged[c].is_calling &&
		    operation_of(c)->lock == lock)
			judged[c].has_met = true;
}

static void judge_call(const struct schedule_event *event)
{
	struct judged *self = &judged[event->context];
	const struct race_operation *operation = operation_of(event->context);
	struct resource *lock = &resources[operation->lock];

	judge_honest(!self->is_calling && event->call == operation->call &&
			     event->object == operation->lock,
		     "a call that the program does not make");
	self->is_calling = true;
	self->interrupts = interrupts_of(event->context);
	self->calls_below = 0;
	if (race_takes_lock(event->call)) {
		self->has_met = lock->users > 0;
		lock->users++;
		tell_others(event->context, operation->lock);
	} else if (race_gives_lock(event->call)) {
		leave(lock, event->context);
	}
}

static void judge_interrupts(const struct schedule_event *event)
{
	struct judged *self = &judged[event->context];
	bool are_on = interrupts_of(event->context);
	const char *name = race_call_name(event->call);

	if (event->call == RACE_ACQUIRE_OFF) {
		check(&rule_interrupts_off, !are_on,
		      "interrupts off while the lock is held", "they are on");
		check(&rule_restore, event->found == self->interrupts,
		      self->interrupts ? "true: they were on" :
					 "false: they were off",
		      "%s", event->found ? "true" : "false");
		self->were_on[event->object] = self->interrupts;
	} else if (event->call == RACE_RESTORE) {
		check(&rule_restore, are_on == self->were_on[event->object],
		      are_on ? "interrupts off, as before" :
			       "interrupts on, as before",
		      "%s leaves them %s", name, are_on ? "on" : "off");
	} else {
		check(event->call < RACE_INIT ? &rule_same_interrupts :
						&rule_heap_interrupts,
		      are_on == self->interrupts, "interrupts as before",
		      "%s leaves them %s", name, are_on ? "on" : "off");
	}
}

static void judge_return(const struct schedule_event *event)
{
	struct judged *self = &judged[event->context];
	const struct race_operation *operation = operation_of(event->context);
	struct resource *lock = &resources[operation->lock];
	bool fails = event->call == RACE_TRY && !event->found;

	judge_honest(self->is_calling && event->call == operation->call &&
			     event->object == operation->lock,
		     "a return from no call");
	self->is_calling = false;
	judge_interrupts(event);
	if (fails)
		check(&rule_try, self->has_met,
		      "lock_try of a lock that nobody uses: true", "false");
	else if (race_takes_lock(event->call))
		take(lock, event->context, &rule_excludes);
	if (fails || race_gives_lock(event->call))
		lock->users--;
	if (event->call >= RACE_INIT) {
		check(&rule_heap_calls, self->calls_below == 1, "one call",
		      "%u calls", self->calls_below);
		check(&rule_heap_calls, event->found == self->from_below,
		      "the block that alloc returned", "0x%x in place of 0x%x",
		      event->found, self->from_below);
	}
	self->at++;
	if (fails) /* all up to its release is left out */
		while (operation_of(event->context)[-1].call != RACE_RELEASE ||
		       operation_of(event->context)[-1].lock !=
			       operation->lock)
			self->at++;
}

static void judge_below(const struct schedule_event *event)
{
	unsigned context = event->context;
	uint32_t block = event->call == RACE_INIT ?
				 (uint32_t)HEAP_START :
			 event->call == RACE_DEALLOC ?
				 (uint32_t)race_block(context) :
				 0;
	uint32_t size = event->call == RACE_INIT ? (uint32_t)HEAP_SIZE :
						   race_size(context);

	judge_honest(judged[context].is_calling, "a call below from nowhere");
	check(&rule_heap_calls, event->call == operation_of(context)->call,
	      "the call of the same name", "%s",
	      race_call_name(event->call));
	check(&rule_heap_calls, event->value == block && event->found == size,
	      "the caller's block and size", "block 0x%x and size %u",
	      event->value, event->found);
	take(&resources[BELOW], context, &rule_heap_excludes);
	judged[context].calls_below++;
}

static void judge_below_return(const struct schedule_event *event)
{
	judge_honest(resources[BELOW].holder == event->context,
		     "a return below from no call");
	judge_honest(event->call != RACE_ALLOC || race.is_full ||
			     event->found ==
				     (uint32_t)race_block(event->context),
		     "a block that is none of the tests");
	judged[event->context].from_below = event->found;
	leave(&resources[BELOW], event->context);
}

static void judge_work(const struct schedule_event *event)
{
	bool is_below = resources[BELOW].holder == event->context;
	const struct race_operation *operation = operation_of(event->context);

	judge_honest(is_below || operation->call == RACE_WORK,
		     "work that the program does not do");
	if (!is_below)
		judged[event->context].at++;
}

/* What a call must not do on its way, whatever it leaves behind. */
static void judge_door(const struct schedule_event *event)
{
	const struct judged *self = &judged[event->context];
	unsigned call = operation_of(event->context)->call;
	bool turns_on = event->kind == RACE_INTERRUPTS_SET && event->value;
	const struct rule *rule = call == RACE_ACQUIRE_OFF ? &rule_restore :
				  call < RACE_INIT ? &rule_same_interrupts :
						     &rule_heap_interrupts;

	judge_honest(self->is_calling, "a door outside of a call");
	check(&rule_try, call != RACE_TRY || event->kind != RACE_PAUSE,
	      "lock_try answers at once", "it waits: it calls processor_pause");
	check(rule, !turns_on || call == RACE_RESTORE || self->interrupts,
	      "interrupts stay off: they were off before the call",
	      "%s turns them on", race_call_name(call));
}

static void judge_event(const struct schedule_event *event)
{
	switch (event->kind) {
	case EVENT_CALL:
		return judge_call(event);
	case EVENT_RETURN:
		return judge_return(event);
	case EVENT_BELOW:
		return judge_below(event);
	case EVENT_BELOW_RETURN:
		return judge_below_return(event);
	case EVENT_WORK:
		return judge_work(event);
	case EVENT_END:
		return judge_honest(!judged[event->context].is_calling &&
					    operation_of(event->context)
							    ->call ==
						    RACE_NOTHING,
				    "the end of a program that goes on");
	case EVENT_INTERRUPT:
		return;
	default:
		return judge_door(event);
	}
}

static void judge_trouble(enum model_trouble trouble,
			  const struct schedule_event *event)
{
	check(&rule_doors, trouble != MODEL_WRITTEN_PAST,
	      "what the last door wrote there",
	      "%u, which %s finds: somebody wrote it without a door",
	      event->found, race_context(event->context));
	check(&rule_pause, trouble != MODEL_NO_PAUSE,
	      "processor_pause before the next time round",
	      "%s goes round and round without it", race_context(event->context));
	check(&rule_alike, trouble != MODEL_TOO_MANY_WORDS,
	      "at most 40 words", "more");
	judge_honest(trouble == MODEL_FINE, "an event that cannot be");
}

/* Nobody can go on: who waits, and why; a handler first, if there is one. */
static void judge_stuck(void)
{
	unsigned who = SCHEDULE_CONTEXTS - 1, holder;
	const char *call;

	while (who > 0 && !judged[who].is_calling)
		who--;
	call = race_call_name(operation_of(who)->call);
	holder = resources[operation_of(who)->call < RACE_INIT ?
				   operation_of(who)->lock :
				   BELOW]
			 .holder;
	check(&rule_doors, model.word_count > 0,
	      "a lock that is taken and given back through doors",
	      "no word was used by a door, and %s waits for ever",
	      race_context(who));
	check(stuck_rule, !schedule_is_handler(who), "somebody can go on",
	      "%s waits for ever, and so does %s, which it has interrupted",
	      race_context(who), race_context(schedule_processor(who)));
	check(stuck_rule, false, "somebody can go on",
	      "%s waits in %s for ever, and %s is inside", race_context(who),
	      call, race_context(holder));
}

static void judge_end(void)
{
	if (schedule_all_ended(&model)) {
		check(&rule_takes, trace.result == RACE_LOCKS,
		      "locks that can be taken when all have ended",
		      "lock_try of one fails");
		return;
	}
	if (!schedule_can_go_on(&model))
		judge_stuck();
	check(&rule_goes_on, trace.count < SCHEDULE_EVENTS, "an end",
	      "%d events and no end", SCHEDULE_EVENTS);
	judge_honest(false, "less than the whole schedule");
}

static void judge_schedule(void)
{
	uint32_t result, after;

	schedule_begin(&model, &search.schedule);
	memset(judged, 0, sizeof(judged));
	for (unsigned i = 0; i < RESOURCES; i++)
		resources[i] = (struct resource){ .holder = NOBODY,
						  .left_by = NOBODY };
	judge_honest(trace.count <= SCHEDULE_EVENTS, "too many of them");
	for (shown = 0; shown < trace.count;) {
		const struct schedule_event *event = &trace.events[shown++];

		if (event->kind <= EVENT_LAST_STEP)
			judge_honest(search_takes(&search, &model, event),
				     "a step of somebody else, in a schedule "
				     "that says whose it is");
		judge_trouble(schedule_follow(&model, event, &result, &after),
			      event);
		judge_event(event);
	}
	judge_end();
}

static void play_all(unsigned bound)
{
	search_begin(&search, race.schedule.contexts,
		     race.schedule.interrupts_on, bound);
	do {
		race.schedule = search.schedule;
		trace.count = 0; /* a panic shows what there is */
		shown = SCHEDULE_EVENTS;
		race_play(&race, &trace);
		judge_schedule();
	} while (search_next(&search));
}

void race_play_all(const struct rule *stuck, unsigned bound)
{
	stuck_rule = stuck;
	test_explain_with(show_schedule);
	for (unsigned fewer = 0; fewer <= bound; fewer++)
		play_all(fewer);
	test_show("%llu schedules, each with %u steps out of turn at most",
		  (unsigned long long)search.played, bound);
}
