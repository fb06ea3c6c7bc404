/* Interrupts, before, while and after a lock is held. */
#include "tests.h"

#include "races.h"
#include "rules.h"

#define HANDLER(processor) (PROCESSORS_MAX + (processor))
#define ALL_ON 7
#define BOUND 2

static void pair(unsigned context, unsigned lock)
{
	race_program(context, ON(ACQUIRE_OFF, lock), ON(WORK, lock),
		     ON(RESTORE, lock));
}

/* The plain calls; processor 0 begins with interrupts on, processor 1 with them off. */
void interrupts_as_before(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	for (unsigned p = 0; p < 2; p++)
		race_program(p, ON(ACQUIRE, 0), ON(WORK, 0), ON(RELEASE, 0),
			     ON(TRY, 0), ON(WORK, 0), ON(RELEASE, 0));
	race_play_all(&rule_goes_on, BOUND);
}

/* Off meanwhile, and then as they were: on, and on the other processor off. */
void pair_alone(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	pair(0, 0);
	pair(1, 1);
	race_play_all(&rule_interrupts_off, BOUND);
}

void pairs_nest(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	for (unsigned p = 0; p < 2; p++)
		race_program(p, ON(ACQUIRE_OFF, 0), ON(ACQUIRE_OFF, 1),
			     ON(WORK, 1), ON(RESTORE, 1), ON(WORK, 0),
			     ON(RESTORE, 0));
	pair(HANDLER(0), 0);
	race_play_all(&rule_interrupts_off, BOUND);
}

/* The deadlock: a handler waits for the lock that it has interrupted the holder of. */
void handler_takes_lock(void)
{
	race_begin();
	race.schedule.interrupts_on = ALL_ON;
	pair(0, 0);
	pair(HANDLER(0), 0);
	race_play_all(&rule_interrupts_off, BOUND);
}

void handlers_and_processors(void)
{
	race_begin();
	race_checks_order = true;
	race.schedule.interrupts_on = ALL_ON;
	for (unsigned p = 0; p < 2; p++) {
		pair(p, 0);
		pair(HANDLER(p), 0);
	}
	race_play_all(&rule_interrupts_off, BOUND);
}

/* A handler that waits for another processor only delays what it has interrupted. */
void another_lock(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	race_program(0, ON(ACQUIRE, 0), ON(WORK, 0), ON(RELEASE, 0));
	pair(HANDLER(0), 1);
	pair(1, 1);
	race_play_all(&rule_apart, BOUND);
}
