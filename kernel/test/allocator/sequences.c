/*
 * Every short sequence of calls on a tiny heap: what nobody would think of is
 * among them.
 *
 * A call takes a block of one of six layouts, or gives back any block that an
 * earlier call of the sequence took.  There are 251,904 sequences of up to six calls.
 * Shorter ones come first, so that a report has few calls.  After each of them
 * all blocks are given back, and the largest request of the fresh heap must be
 * possible.
 *
 * For an allocator that joins free neighbours whatever else is in use, half of the
 * sequences are played beside a block that stays: what must be possible then is the
 * largest request beside such a block on a fresh heap.
 *
 * For one whose freed memory keeps its size, the last request is the first, once more.
 */
#include "test/allocator/tests.h"

#include "test/allocator/history.h"
#include "test/allocator/model.h"
#include "test/allocator/room.h"
#include "test/allocator/rules.h"
#include "test/allocator/script.h"
#include "test/test.h"

static const struct layout layouts[] = {
	{ 1, 1 }, { 8, 8 }, { 40, 8 }, { 1000, 1 }, { 16, 64 }, { 200, 128 },
};

#define LAYOUTS (sizeof(layouts) / sizeof(layouts[0]))
#define WITHOUT_GAPS 4 /* the first of them, whose aligns are small */
#define LONGEST 6
#define LONGEST_WITHOUT_GAPS 3
#define PLAYED_HERE 500

/* Two blocks of 1000 bytes leave little room in it. */
#define TINY_HEAP 2048

/* The block that stays; its layout is none of those above. */
static const struct layout staying = { 24, 8 };

/* INIT, the block that stays, the calls, their blocks given back, the largest request. */
#define LONGEST_STEPS (1 + 1 + LONGEST + LONGEST + 1)

/* The calls of one sequence; taken_by counts from its first call here. */
struct sequence {
	struct script_step calls[LONGEST];
	bool in_use[LONGEST]; /* taken by that call, and not given back */
	size_t length;
};

static struct script script; /* the sequences that are played next */
static struct script_results results;
static size_t played; /* how many were, so far */
static size_t layouts_tried; /* the first of them */
static bool some_stay; /* whether blocks stay in half of the sequences */
static bool keeps_size; /* freed memory does, so the heap is never whole again */

/* The largest block of a fresh heap: with nothing in use, or what stays. */
static size_t largest[2];

/* ---- Judging what was played ---------------------------------------------- */

static bool is_begin(size_t step)
{
	return step < script.count && script.steps[step].call == SCRIPT_INIT;
}

static void show_call(size_t index, size_t begin)
{
	const struct script_step *step = &script.steps[index];
	void *result = results.of[index];
	size_t number = index - begin;
	struct layout layout = step->layout;

	if (step->call == SCRIPT_ALLOC && result)
		test_show("%zu. alloc of %zu bytes, align %zu: %p", number,
			  layout.size, layout.align, result);
	else if (step->call == SCRIPT_ALLOC)
		test_show("%zu. alloc of %zu bytes, align %zu: NULL", number,
			  layout.size, layout.align);
	else if (results.of[step->taken_by])
		test_show("%zu. dealloc of what %zu. gave", number,
			  step->taken_by - begin);
}

/* Show the sequence that results.now belongs to, up to there. */
static void show_sequence(void)
{
	size_t begin = results.now;

	if (results.now == SCRIPT_STEPS)
		return;
	while (!is_begin(begin))
		begin--;
	test_show("the calls, on a fresh heap of %zu bytes at %p:", model.size,
		  (void *)model.heap);
	for (size_t i = begin + 1; i <= results.now; i++)
		show_call(i, begin);
	history_show_heap();
}

static bool is_stay(size_t step)
{
	return step < script.count && is_begin(step - 1) &&
	       script.steps[step].layout.size == staying.size;
}

/* Where memory keeps its size, the last call gets what the first one got. */
static void judge_refusal_of_last(const struct script_step *step)
{
	size_t first = results.now, next = results.now + 1;

	if (next < script.count && !is_begin(next))
		return;
	while (!is_begin(first - 1))
		first--;
	check(&rule_reuse, !results.of[first], "the first block, once more",
	      "NULL for Layout { size: %zu, align: %zu }, none in use",
	      step->layout.size, step->layout.align);
}

/* What was possible on a fresh heap must be possible whenever no more is in use. */
static void judge_alloc(const struct script_step *step, void *result)
{
	if (result) {
		model_enter(result, step->layout);
		model.kept += is_stay(results.now);
		return;
	}
	if (keeps_size) {
		judge_refusal_of_last(step);
		return;
	}
	check(&rule_whole, model.count > 0,
	      "a block that the fresh heap has room for",
	      "NULL for %zu bytes%s", step->layout.size,
	      room_for(step->layout).text);
	check(&rule_reuse, model.count > model.kept,
	      "a block that there was room for beside the one that stays",
	      "NULL for %zu bytes%s", step->layout.size,
	      room_for(step->layout).text);
}

static void judge_dealloc(const struct script_step *step, void *result)
{
	const struct script_step *taken = &script.steps[step->taken_by];
	const void *block = results.of[step->taken_by];
	size_t index = 0;

	if (!block)
		return;
	check(&rule_contents, !result, "what the owner wrote",
	      "another byte at %p in %zu bytes at %p", result,
	      taken->layout.size, block);
	while (model.blocks[index].memory != block)
		index++;
	model_remove(index);
}

/* The results of every step, as if each call were made just now. */
static void judge_script(void)
{
	for (size_t i = 0; i < script.count; i++) {
		const struct script_step *step = &script.steps[i];

		results.now = i;
		if (step->call == SCRIPT_INIT)
			model_forget();
		else if (step->call == SCRIPT_ALLOC)
			judge_alloc(step, results.of[i]);
		else
			judge_dealloc(step, results.of[i]);
	}
}

static void play_and_judge(void)
{
	results.now = SCRIPT_STEPS; /* it is known only where it is played */
	script_play(&script, &results);
	judge_script();
	script.count = 0;
	results.now = SCRIPT_STEPS; /* a guard says nothing about the call */
	model_check_guards();
}

/* ---- All sequences ---------------------------------------------------------- */

static struct script_step alloc_step(struct layout layout)
{
	return (struct script_step){ .call = SCRIPT_ALLOC, .layout = layout };
}

static struct script_step dealloc_step(size_t taken_by)
{
	return (struct script_step){ .call = SCRIPT_DEALLOC,
				     .taken_by = taken_by };
}

static void add(struct script_step step)
{
	script.steps[script.count++] = step;
}

/* Give back what the sequence still has, beginning with a random block. */
static void add_give_all(const struct sequence *sequence, size_t begin)
{
	size_t first = test_random_below(LONGEST);

	for (size_t i = 0; i < LONGEST; i++) {
		size_t call = (first + i) % LONGEST;

		if (call < sequence->length && sequence->in_use[call])
			add(dealloc_step(begin + call));
	}
}

static struct layout last_request(bool stays, struct layout first)
{
	return keeps_size ? first : (struct layout){ largest[stays], 1 };
}

static void add_sequence(const struct sequence *sequence)
{
	bool stays = some_stay && test_random_below(2);
	size_t begin = script.count + 1 + stays;

	played++;
	add((struct script_step){ .call = SCRIPT_INIT,
				  .heap = model.heap,
				  .layout = { model.size, 1 } });
	if (stays)
		add(alloc_step(staying));
	for (size_t i = 0; i < sequence->length; i++) {
		struct script_step call = sequence->calls[i];

		call.taken_by += begin;
		add(call);
	}
	add_give_all(sequence, begin);
	add(alloc_step(last_request(stays, sequence->calls[0].layout)));
	if (script.count + LONGEST_STEPS > SCRIPT_STEPS)
		play_and_judge();
}

static void add_all(struct sequence *sequence, size_t length);

/* Add every sequence of `length` calls that goes on with this call. */
static void add_all_with(struct sequence *sequence, struct script_step call,
			 size_t length)
{
	sequence->calls[sequence->length++] = call;
	add_all(sequence, length);
	sequence->length--;
}

/* Add every sequence of `length` calls that begins with this one. */
static void add_all(struct sequence *sequence, size_t length)
{
	size_t next = sequence->length;

	if (next == length) {
		if (layouts_tried == WITHOUT_GAPS || test_picks_this())
			add_sequence(sequence);
		return;
	}
	sequence->in_use[next] = true;
	for (size_t i = 0; i < layouts_tried; i++)
		add_all_with(sequence, alloc_step(layouts[i]), length);
	sequence->in_use[next] = false;
	for (size_t i = 0; i < next; i++) {
		if (!sequence->in_use[i])
			continue;
		sequence->in_use[i] = false;
		add_all_with(sequence, dealloc_step(i), length);
		sequence->in_use[i] = true;
	}
}

static void begin_heap(bool stays)
{
	model_begin_guarded(model.heap, TINY_HEAP);
	if (stays)
		model_take(staying.size, staying.align);
}

/* The largest block of a fresh heap, which must have room for each of the layouts. */
static size_t largest_of_heap(bool stays)
{
	size_t possible = 0, impossible = TINY_HEAP + 1;

	for (size_t i = 0; i < LAYOUTS; i++) {
		begin_heap(stays);
		model_take(layouts[i].size, layouts[i].align);
	}
	while (impossible - possible > 1) {
		size_t size = possible + (impossible - possible) / 2;

		begin_heap(stays);
		if (model_try_take(size, 1))
			possible = size;
		else
			impossible = size;
	}
	return possible;
}

/* Random calls, made one by one: a script's results are the player's own word. */
static void play_here(bool stays)
{
	struct layout first = layouts[test_random_below(LAYOUTS)];
	struct layout last = last_request(stays, first);

	begin_heap(stays);
	model.kept = stays;
	model_take(first.size, first.align);
	for (size_t i = 1; i < LONGEST; i++) {
		const struct layout *layout =
			&layouts[test_random_below(LAYOUTS)];

		if (test_random_below(3) || !model_give_any())
			model_try_take(layout->size, layout->align);
	}
	model_give_shuffled();
	check(keeps_size ? &rule_reuse : &rule_whole,
	      model_try_take(last.size, last.align),
	      "a block that the fresh heap has room for, without a script",
	      "NULL for %zu bytes", last.size);
	model_check_guards();
}

/* All sequences of up to so many calls, with the first so many layouts. */
static void play_up_to(size_t longest, size_t count_of_layouts)
{
	struct sequence sequence = { .length = 0 };

	script.count = 0;
	results.now = SCRIPT_STEPS;
	played = 0;
	layouts_tried = count_of_layouts;
	for (size_t length = 1; length <= longest; length++)
		add_all(&sequence, length);
	play_and_judge();
}

/*
 * A few without gaps come first, so that what is wrong with neighbours is not shown by
 * a gap; they come again among all.
 */
static void play_all(void)
{
	test_explain_with(show_sequence);
	play_up_to(LONGEST_WITHOUT_GAPS, WITHOUT_GAPS);
	play_up_to(LONGEST, LAYOUTS);
	for (size_t i = 0; i < PLAYED_HERE; i++)
		play_here(some_stay && i % 2);
	test_show("sequences played: %zu", played);
}

void short_sequences(void)
{
	model.heap = (uint8_t *)test_heap() + MODEL_GUARD;
	largest[false] = largest_of_heap(false);
	play_all();
}

void joins_short_sequences(void)
{
	model.heap = (uint8_t *)test_heap() + MODEL_GUARD;
	for (size_t stays = 0; stays < 2; stays++)
		largest[stays] = largest_of_heap(stays);
	some_stay = true;
	play_all();
}

void reused_short_sequences(void)
{
	model.heap = (uint8_t *)test_heap() + MODEL_GUARD;
	model.size = TINY_HEAP;
	keeps_size = true;
	play_all();
}
