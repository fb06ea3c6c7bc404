#include "test/schedule_views.h"

/* Each of the words may be written once between two events. */
#define WRITES_MAX (SCHEDULE_EVENTS * SCHEDULE_WORDS)

struct write {
	uint8_t context, time; /* by that context's own clock */
	uint8_t word;
	uint32_t value;
};

static struct {
	uint32_t *words;
	size_t count;
	bool is_left_out[SCHEDULE_WORDS];
	uint32_t first[SCHEDULE_WORDS]; /* before all writes */
	uint32_t shown[SCHEDULE_WORDS]; /* to the context that went on last */
	size_t write_count;
	struct write writes[WRITES_MAX]; /* the oldest first */
} views;

void views_begin(uint32_t *words, size_t count)
{
	views.words = words;
	views.count = count;
	views.write_count = 0;
	for (size_t i = 0; i < count; i++) {
		views.is_left_out[i] = false;
		views.first[i] = views.shown[i] = words[i];
	}
}

void views_leave_out(const uint32_t *word)
{
	if (word >= views.words && word < views.words + views.count)
		views.is_left_out[word - views.words] = true;
}

void views_note(const struct model *model, unsigned context)
{
	for (size_t i = 0; i < views.count; i++) {
		if (views.is_left_out[i] || views.words[i] == views.shown[i] ||
		    views.write_count == WRITES_MAX)
			continue;
		views.shown[i] = views.words[i];
		views.writes[views.write_count++] = (struct write){
			.context = (uint8_t)context,
			.time = model->contexts[context].clock.of[context],
			.word = (uint8_t)i,
			.value = views.words[i],
		};
	}
}

/* A processor sees all that its own handler did, and a handler what it interrupts. */
static bool sees(const struct model *model, unsigned context,
		 const struct write *write)
{
	return schedule_processor(context) ==
		       schedule_processor(write->context) ||
	       schedule_is_ordered(model, write->context, write->time, context);
}

void views_show(const struct model *model, unsigned context)
{
	for (size_t i = 0; i < views.count; i++)
		if (!views.is_left_out[i])
			views.shown[i] = views.first[i];
	for (size_t i = 0; i < views.write_count; i++) {
		const struct write *write = &views.writes[i];

		if (!model || sees(model, context, write))
			views.shown[write->word] = write->value;
	}
	for (size_t i = 0; i < views.count; i++)
		if (!views.is_left_out[i])
			views.words[i] = views.shown[i];
}
