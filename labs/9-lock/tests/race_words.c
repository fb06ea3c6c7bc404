/* What happens in a race, in words. */
#include "races.h"

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

void race_show_event(unsigned number, const struct schedule_event *event)
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

const char *race_call_name(unsigned call)
{
	return name_of(call_names, call);
}
