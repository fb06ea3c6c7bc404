/* Several processors, and every order of their steps. */
#include "tests.h"

#include "races.h"
#include "rules.h"

#define TWO_BOUND 3
#define THREE_BOUND 2

static void take_twice(unsigned processor)
{
	race_program(processor, ON(ACQUIRE, 0), ON(WORK, 0), ON(RELEASE, 0),
		     ON(ACQUIRE, 0), ON(WORK, 0), ON(RELEASE, 0));
}

static void take_once(unsigned processor)
{
	race_program(processor, ON(ACQUIRE, 0), ON(WORK, 0), ON(RELEASE, 0));
}

void two_processors(void)
{
	race_begin();
	take_twice(0);
	take_twice(1);
	race_play_all(&rule_goes_on, TWO_BOUND);
}

void three_processors(void)
{
	race_begin();
	for (unsigned p = 0; p < PROCESSORS_MAX; p++)
		take_once(p);
	race_play_all(&rule_goes_on, THREE_BOUND);
}

/* Between the last release and the next acquire, something must be seen. */
void what_was_written(void)
{
	race_begin();
	race_checks_order = true;
	take_twice(0);
	take_twice(1);
	race_play_all(&rule_goes_on, THREE_BOUND);
}

/* One tries, and two take. */
void tries(void)
{
	race_begin();
	race_checks_order = true;
	race_program(0, ON(TRY, 0), ON(WORK, 0), ON(RELEASE, 0), ON(TRY, 0),
		     ON(WORK, 0), ON(RELEASE, 0));
	take_once(1);
	take_once(2);
	race_play_all(&rule_goes_on, THREE_BOUND);
}

void tries_only(void)
{
	race_begin();
	for (unsigned p = 0; p < PROCESSORS_MAX; p++)
		race_program(p, ON(TRY, 0), ON(WORK, 0), ON(RELEASE, 0));
	race_play_all(&rule_goes_on, THREE_BOUND);
}

/* Both in the same order, as everybody must who takes two. */
void two_locks(void)
{
	race_begin();
	for (unsigned p = 0; p < 2; p++)
		race_program(p, ON(ACQUIRE, 0), ON(ACQUIRE, 1), ON(WORK, 1),
			     ON(RELEASE, 1), ON(WORK, 0), ON(RELEASE, 0));
	race_program(2, ON(ACQUIRE, 1), ON(WORK, 1), ON(RELEASE, 1));
	race_play_all(&rule_goes_on, THREE_BOUND);
}
