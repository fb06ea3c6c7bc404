/*
 * Which schedule is played next: all of them, up to a bound on how often somebody steps
 * in without need.  Most mistakes show with one or two such preemptions, so small bounds
 * find nearly all: Musuvathi and Qadeer, "Iterative Context Bounding for Systematic
 * Testing of Multithreaded Programs", PLDI 2007.
 */
#ifndef TEST_SCHEDULE_SEARCH_H
#define TEST_SCHEDULE_SEARCH_H

#include "test/schedule_model.h"

/* A step of the schedule that was played last. */
struct search_step {
	uint8_t who;
	uint8_t could; /* bit c: context c could have done the step */
	uint8_t tried; /* bit c: it has, in this or an earlier schedule */
	uint8_t costs; /* bit c: it would step in without need */
	uint8_t spent; /* how often somebody has, before */
};

struct search {
	struct schedule schedule; /* the one to play */
	unsigned bound;
	uint64_t played; /* schedules */
	unsigned count;
	struct search_step steps[SCHEDULE_EVENTS + 1];
};

void search_begin(struct search *search, unsigned contexts,
		  unsigned interrupts_on, unsigned bound);

/*
 * Before the model follows a step: whether it is the one that the schedule wants.
 * Remembers who else could have done it.
 */
bool search_takes(struct search *search, const struct model *model,
		  const struct schedule_event *event);

/* Makes the next schedule; false if there is none. */
bool search_next(struct search *search);

#endif
