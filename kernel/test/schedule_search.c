#include "test/schedule_search.h"

#include "lib/string.h"

void search_begin(struct search *search, unsigned contexts,
		  unsigned interrupts_on, unsigned bound)
{
	memset(search, 0, sizeof(*search));
	search->schedule.contexts = (uint8_t)contexts;
	search->schedule.interrupts_on = (uint8_t)interrupts_on;
	search->bound = bound;
}

/*
 * An interrupt, or anybody else than who is next by himself; but when a program has
 * ended, or none has begun, the choice is free.  If it were free at each pause, two who
 * wait could wake each other for ever.
 */
static unsigned who_costs(const struct model *model, unsigned could)
{
	unsigned last = model->last;
	unsigned costs = 0;

	if (last != SCHEDULE_NOBODY && !model->contexts[last].has_ended)
		costs = could & ~(1u << schedule_goes_on(model));
	for (unsigned c = PROCESSORS_MAX; c < SCHEDULE_CONTEXTS; c++)
		if (!model->contexts[c].is_active)
			costs |= could & 1u << c;
	return costs;
}

/*
 * That a processor turns its interrupts off is nothing to other processors: who steps in
 * after it sees the same.
 */
static unsigned who_matters(const struct model *model,
			    const struct schedule_event *event, unsigned could)
{
	unsigned own = 1u << event->context;

	if (event->kind != RACE_INTERRUPTS_OFF || event->context != model->last)
		return could;
	return could & (own | own << PROCESSORS_MAX);
}

bool search_takes(struct search *search, const struct model *model,
		  const struct schedule_event *event)
{
	struct search_step *step = &search->steps[search->count];
	unsigned could = schedule_can_go_on(model);
	bool is_new = search->count >= search->schedule.length;
	unsigned wanted = is_new ? schedule_goes_on(model) :
				   search->schedule.steps[search->count];

	if (event->context != wanted)
		return false;
	step->who = event->context;
	step->could = (uint8_t)who_matters(model, event, could);
	step->costs = (uint8_t)who_costs(model, could);
	if (is_new)
		step->tried = 0;
	step->tried |= (uint8_t)(1u << wanted);
	search->count++;
	search->steps[search->count].spent =
		step->spent + (step->costs >> wanted & 1);
	return true;
}

/* The first context that could have done the step and has not; or none. */
static unsigned untried(const struct search *search,
			const struct search_step *step)
{
	for (unsigned c = 0; c < SCHEDULE_CONTEXTS; c++)
		if (step->could & ~step->tried & 1u << c &&
		    step->spent + (step->costs >> c & 1u) <= search->bound)
			return c;
	return SCHEDULE_NOBODY;
}

bool search_next(struct search *search)
{
	struct schedule *schedule = &search->schedule;
	unsigned other = SCHEDULE_NOBODY;
	unsigned at = search->count;

	search->played++;
	search->count = 0;
	while (other == SCHEDULE_NOBODY) {
		if (at == 0)
			return false;
		other = untried(search, &search->steps[--at]);
	}
	for (unsigned i = 0; i < at; i++)
		schedule->steps[i] = search->steps[i].who;
	schedule->steps[at] = (uint8_t)other;
	schedule->length = (uint8_t)(at + 1);
	return true;
}
