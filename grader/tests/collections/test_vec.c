/* The vector and the box, against an array that is large enough from the start. */
#include "collections/box.h"
#include "collections/vec.h"

#include "memory.h"

#define MOST 2000

struct wide {
	_Alignas(64) char bytes[64];
};

static long model[MOST];
static size_t model_length;
static VEC(long) vec = VEC_EMPTY(long);

static void compare(void)
{
	size_t i = 0;

	must(vec_length(&vec) == model_length);
	vec_for_each(item, &vec)
		must(*item == model[i++]);
	must(i == model_length);
}

static void insert(size_t index, long value)
{
	memmove(model + index + 1, model + index,
		(model_length - index) * sizeof(*model));
	model[index] = value;
	model_length++;
}

static void remove_at(size_t index)
{
	model_length--;
	memmove(model + index, model + index + 1,
		(model_length - index) * sizeof(*model));
}

/* One of the vector's own, by address, or a new one. */
static void insert_somewhere(void)
{
	size_t index = random_below(model_length + 1);
	size_t own = model_length ? random_below(model_length) : 0;
	long value = (long)random_below(1000);

	if (model_length && random_below(2)) {
		value = model[own];
		must(vec_core_insert(&vec.core, index,
				     vec_core_item(&vec.core, own)));
	} else {
		must(vec_insert(&vec, index, value));
	}
	insert(index, value);
}

static void one_operation(void)
{
	long item;

	switch (random_below(6)) {
	case 0:
	case 1:
		if (model_length < MOST)
			insert_somewhere();
		break;
	case 2:
		if (model_length < MOST) {
			must(vec_push(&vec, (long)model_length));
			insert(model_length, (long)model_length);
		}
		break;
	case 3:
		if (model_length == 0) {
			must(!vec_pop(&vec, &item));
			break;
		}
		must(vec_pop(&vec, &item) && item == model[model_length - 1]);
		remove_at(model_length - 1);
		break;
	case 4:
		if (model_length) {
			size_t index = random_below(model_length);

			must(vec_remove(&vec, index) == model[index]);
			remove_at(index);
		}
		break;
	default:
		if (model_length)
			must(vec_at(&vec, model_length / 2) ==
			     model[model_length / 2]);
	}
}

static void against_the_model(void)
{
	for (int i = 0; i < OPERATIONS; i++) {
		one_operation();
		if (i % 5000 == 0)
			compare();
	}
	compare();
	vec_free(&vec);
	must(memory_blocks() == 0);
}

static void wide_items(void)
{
	VEC(struct wide) wide = VEC_EMPTY(struct wide);

	for (int i = 0; i < 100; i++) {
		must(vec_push(&wide, ((struct wide){ { (char)i } })));
		must((uint64_t)&vec_at(&wide, 0) % 64 == 0);
	}
	must(vec_at(&wide, 99).bytes[0] == 99);
	vec_free(&wide);
}

static bool fill(void)
{
	VEC(int) small = VEC_EMPTY(int);
	bool done = true;

	for (int i = 0; i < 100 && done; i++) {
		size_t before = vec_length(&small);

		done = vec_push(&small, i);
		must(vec_length(&small) == before + done);
	}
	for (size_t i = 0; i < vec_length(&small); i++)
		must(vec_at(&small, i) == (int)i);
	vec_free(&small);
	must(memory_blocks() == 0);
	return done;
}

static void scoped(bool leave_early)
{
	box_scoped(int, first, 41);
	box_scoped(struct wide, second, ((struct wide){ { 1 } }));

	must(*first == 41 && (uint64_t)second % 64 == 0);
	must(memory_blocks() == 2);
	if (leave_early)
		return;
	*first = 42;
}

static void boxes(void)
{
	int *box = box_new(int, 41);

	must(*box == 41);
	box_free(box);
	box_free((int *)NULL);
	scoped(true);
	scoped(false);
	must(memory_blocks() == 0);
}

static void item_of_none(void)
{
	(void)vec_at(&vec, 0);
}

static void insert_beyond(void)
{
	vec_insert(&vec, 1, 41l);
}

static void huge(void)
{
	must(!vec_reserve(&vec, SIZE_MAX));
	must(!vec_reserve(&vec, SIZE_MAX / 8 + 1));
	must(vec.core.capacity == 0);
}

int main(void)
{
	against_the_model();
	wide_items();
	refuse_each(fill);
	boxes();
	must(panics(item_of_none) && panics(insert_beyond));
	huge();
	must(memory_blocks() == 0);
	printf("ok\n");
}
