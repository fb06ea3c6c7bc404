/* The linked list and the deque against the same model: an array with two ends. */
#include "collections/deque.h"
#include "collections/linked_list.h"

#include "memory.h"

#define MOST 300

static long model[MOST];
static size_t model_length;
static LIST(long) list = LIST_EMPTY(long);
static DEQUE(long) deque = DEQUE_EMPTY(long);

static void push(bool in_front, long value)
{
	if (in_front) {
		must(list_push_front(&list, value));
		must(deque_push_front(&deque, value));
		memmove(model + 1, model, model_length * sizeof(*model));
		model[0] = value;
	} else {
		must(list_push_back(&list, value));
		must(deque_push_back(&deque, value));
		model[model_length] = value;
	}
	model_length++;
}

static void pop(bool in_front)
{
	long from_list, from_deque, expected;
	bool list_had, deque_had;

	list_had = in_front ? list_pop_front(&list, &from_list) :
			      list_pop_back(&list, &from_list);
	deque_had = in_front ? deque_pop_front(&deque, &from_deque) :
			       deque_pop_back(&deque, &from_deque);
	must(list_had == (model_length > 0) && deque_had == list_had);
	if (model_length == 0)
		return;
	model_length--;
	expected = in_front ? model[0] : model[model_length];
	must(from_list == expected && from_deque == expected);
	if (in_front)
		memmove(model, model + 1, model_length * sizeof(*model));
}

static void compare(void)
{
	size_t i = 0;

	list_core_check(&list.core);
	must(list_length(&list) == model_length);
	must(deque_length(&deque) == model_length);
	list_for_each(item, &list) {
		must(*item == model[i] && deque_at(&deque, i) == model[i]);
		i++;
	}
	must(i == model_length);
}

static void against_the_model(void)
{
	for (int i = 0; i < OPERATIONS; i++) {
		bool in_front = random_below(2);

		/* Longer and shorter by turns. */
		if (model_length < MOST &&
		    random_below(100) < (i / 1000 % 2 ? 40 : 60))
			push(in_front, (long)random_below(1000));
		else
			pop(in_front);
		if (i % 5000 == 0)
			compare();
	}
	compare();
	list_free(&list);
	deque_free(&deque);
	must(memory_blocks() == 0);
}

static void in_the_middle(void)
{
	static const long expected[] = { 1, 2, 3 };
	LIST(long) three = LIST_EMPTY(long);
	size_t i = 0;

	must(list_push_back(&three, 1l) && list_push_back(&three, 3l));
	must(list_insert(&three, list_back(&three), 2l));
	must(list_insert(&three, list_front(&three), 0l));
	list_remove(&three, list_front(&three));
	list_for_each(item, &three)
		must(*item == expected[i++]);
	must(i == 3);
	list_core_check(&three.core);
	list_free(&three);
}

static void own_item(void)
{
	DEQUE(long) own = DEQUE_EMPTY(long);

	for (long i = 0; i < 100; i++) {
		must(deque_push_back(&own, i));
		must(deque_core_push_front(&own.core, &deque_at(&own, 0)));
		must(deque_at(&own, 0) == 0);
	}
	deque_free(&own);
}

static bool fill(void)
{
	struct wide {
		_Alignas(64) int number;
	};
	LIST(struct wide) wide_list = LIST_EMPTY(struct wide);
	DEQUE(struct wide) wide_deque = DEQUE_EMPTY(struct wide);
	bool done = true;

	for (int i = 0; i < 20 && done; i++) {
		struct wide item = { i };

		done = list_push_back(&wide_list, item) &&
		       deque_push_front(&wide_deque, item);
		must(!done || (uint64_t)list_back(&wide_list) % 64 == 0);
		must(!done || (uint64_t)&deque_at(&wide_deque, 0) % 64 == 0);
	}
	list_core_check(&wide_list.core);
	for (size_t i = 0; i < deque_length(&wide_deque); i++)
		must(deque_at(&wide_deque, i).number ==
		     (int)(deque_length(&wide_deque) - 1 - i));
	list_free(&wide_list);
	deque_free(&wide_deque);
	must(memory_blocks() == 0);
	return done;
}

static void item_of_none(void)
{
	(void)deque_at(&deque, 0);
}

int main(void)
{
	against_the_model();
	in_the_middle();
	own_item();
	refuse_each(fill);
	must(panics(item_of_none));
	must(memory_blocks() == 0);
	printf("ok\n");
}
