/*
 * Races: programs of several processors, played in all orders up to a bound, each of
 * which is judged.
 */
#ifndef LABS_9_LOCK_TESTS_RACES_H
#define LABS_9_LOCK_TESTS_RACES_H

#include "9-lock/beside.h"
#include "test/test.h"

/* What is being played: set programs, interrupts_on and is_full, and play it. */
extern struct race race;

/*
 * Whether a holder must know from a door that the one before is done.  Without it, the
 * same lock may fail first because two are inside, which is easier to understand.
 */
extern bool race_checks_order;

/* No program, interrupts off, and a heap with blocks. */
void race_begin(void);

/* The program of one context: calls, and the lock that each is of. */
#define ON(call_name, lock_number) { RACE_##call_name, lock_number }
#define race_program(context, ...)                                        \
	race_program_of(context,                                          \
			(const struct race_operation[]){ __VA_ARGS__ },   \
			sizeof((const struct race_operation[]){           \
				__VA_ARGS__ }) /                          \
				sizeof(struct race_operation))
void race_program_of(unsigned context, const struct race_operation *operations,
		     size_t count);

/*
 * Play it in every order in which at most `bound` times somebody steps in without need;
 * first those with fewer, so that the first failure is the simplest.  `stuck` is the rule
 * that is broken if all wait for ever.  Shows how many schedules there are.
 */
void race_play_all(const struct rule *stuck, unsigned bound);

/*
 * race_words.c: what has happened in that schedule, a line for each event, and the names
 * in them.  If a release found in the last event that its lock is free, because somebody
 * else took it meanwhile, that comes first.
 */
void race_show_schedule(uint64_t number, const struct schedule_event *events,
			unsigned count);
const char *race_context(unsigned context);
const char *race_call_name(unsigned call);

#endif
