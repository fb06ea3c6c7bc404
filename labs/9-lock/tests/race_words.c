/* What happens in a race, in words. */
#include "races.h"

#include "rules.h"

static const char *const call_names[RACE_CALLS] = {
	[RACE_ACQUIRE] = "lock_acquire",
	[RACE_TRY] = "lock_try",
	[RACE_RELEASE] = "lock_release",
	[RACE_ACQUIRE_OFF] = "lock_acquire_interrupts_off",
	[RACE_RESTORE] = "lock_release_interrupts_restore",
	[RACE_INIT] = "shared_init",
	[RACE_ALLOC] = "shared_alloc",
	[RACE_DEALLOC] = "shared_dealloc",
};

static const char *const below_names[RACE_CALLS] = {
	[RACE_INIT] = "allocator_init",
	[RACE_ALLOC] = "alloc",
	[RACE_DEALLOC] = "dealloc",
};

static const char *name_of(const char *const names[RACE_CALLS], unsigned call)
{
	return call < RACE_CALLS && names[call] ? names[call] : "?";
}

const char *race_context(unsigned context)
{
	static const char *const names[] = {
		"processor 0", "processor 1", "processor 2",
		"interrupt on 0", "interrupt on 1", "interrupt on 2", "nobody",
	};

	return names[context <= SCHEDULE_NOBODY ? context : SCHEDULE_NOBODY];
}

static void show(unsigned number, const struct schedule_event *event,
		 const char *what)
{
	test_show("%3u %s: %s", number, race_context(event->context), what);
}

static void show_word(unsigned number, const struct schedule_event *event)
{
	uint64_t offset = event->word - (uint64_t)race.locks;
	unsigned word = (unsigned)(offset % sizeof(struct lock) / 4);
	unsigned lock = (unsigned)(offset / sizeof(struct lock));
	const char *of = offset < RACE_LOCKS * sizeof(struct lock) ?
				 "lock" :
				 "other";
	const char *self = race_context(event->context);
	unsigned value = event->value, found = event->found;

	if (of[0] == 'o')
		lock = word = 0;
	switch (event->kind) {
	case RACE_LOAD:
		return test_show("%3u %s: load(%s %u, word %u) gives %u",
				 number, self, of, lock, word, found);
	case RACE_STORE:
		return test_show("%3u %s: store(%s %u, word %u, %u)", number,
				 self, of, lock, word, value);
	case RACE_COMPARE_EXCHANGE:
		return test_show("%3u %s: compare_exchange(%s %u, word %u, "
				 "%u, %u) gives %u",
				 number, self, of, lock, word, event->expected,
				 value, found);
	default:
		return test_show("%3u %s: %s(%s %u, word %u, %u) gives %u",
				 number, self,
				 event->kind == RACE_ADD ? "add" : "exchange",
				 of, lock, word, value, found);
	}
}

static void show_call(unsigned number, const struct schedule_event *event)
{
	bool returns = event->kind == EVENT_RETURN ||
		       event->kind == EVENT_BELOW_RETURN;
	bool is_below = event->kind == EVENT_BELOW ||
			event->kind == EVENT_BELOW_RETURN;
	const char *name = name_of(is_below ? below_names : call_names,
				   event->call);

	if (event->call >= RACE_INIT)
		test_show("%3u %s: %s %s", number, race_context(event->context), name,
			  returns ? "returns" : "begins");
	else if (returns &&
		 (event->call == RACE_TRY || event->call == RACE_ACQUIRE_OFF))
		test_show("%3u %s: %s of lock %u returns %s", number,
			  race_context(event->context), name, event->object,
			  event->found ? "true" : "false");
	else
		test_show("%3u %s: %s of lock %u %s", number,
			  race_context(event->context), name, event->object,
			  returns ? "returns" : "begins");
}

static void show_event(unsigned number, const struct schedule_event *event)
{
	switch (event->kind) {
	case RACE_PAUSE:
		return show(number, event, "pauses");
	case RACE_INTERRUPTS_OFF:
		return show(number, event, "interrupts off");
	case RACE_INTERRUPTS_SET:
		return show(number, event,
			    event->value ? "interrupts on" : "interrupts off");
	case EVENT_INTERRUPT:
		return show(number, event, "comes");
	case EVENT_WORK:
		return show(number, event, "works");
	case EVENT_END:
		return show(number, event, "has ended");
	case EVENT_CALL:
	case EVENT_RETURN:
	case EVENT_BELOW:
	case EVENT_BELOW_RETURN:
		return show_call(number, event);
	default:
		return show_word(number, event);
	}
}

/* Whether the context has a lock from here on. */
static bool has_taken(const struct schedule_event *event, unsigned lock)
{
	return event->kind == EVENT_RETURN && event->object == lock &&
	       race_takes_lock(event->call) &&
	       (event->call != RACE_TRY || event->found);
}

/* The call that the context of the last event is in; NULL if it has changed a word. */
static const struct schedule_event *
call_so_far(const struct schedule_event *events, unsigned count)
{
	const unsigned last = count - 1;

	for (unsigned i = count; i-- > 0;) {
		if (events[i].context != events[last].context)
			continue;
		if (events[i].kind == EVENT_CALL)
			return &events[i];
		if (i < last && events[i].kind != RACE_LOAD &&
		    events[i].kind < RACE_PAUSE)
			return NULL;
	}
	return NULL;
}

/*
 * Where a release finds its lock free although it has not freed it, another has taken
 * the lock, and given it back, since this context took it.
 */
static void show_second_holder(const struct schedule_event *events, unsigned count)
{
	const struct schedule_event *call = call_so_far(events, count);
	unsigned i = count, second = 0;

	if (!call || !race_gives_lock(call->call))
		return;
	while (i > 0 && !(has_taken(&events[i - 1], call->object) &&
			  events[i - 1].context == call->context)) {
		if (has_taken(&events[i - 1], call->object))
			second = i;
		i--;
	}
	if (i == 0 || second == 0)
		return;
	test_show("%s has taken lock %u in %u, while %s holds it, which took it in %u",
		  race_context(events[second - 1].context), call->object, second,
		  race_context(call->context), i);
	test_show("rule %s: %s", rule_excludes.id, rule_excludes.text);
}

void race_show_schedule(uint64_t number, const struct schedule_event *events,
			unsigned count)
{
	if (count > 0)
		show_second_holder(events, count);
	test_show("schedule %llu:", (unsigned long long)number);
	for (unsigned i = 0; i < count; i++)
		show_event(i + 1, &events[i]);
}

const char *race_call_name(unsigned call)
{
	return name_of(call_names, call);
}
