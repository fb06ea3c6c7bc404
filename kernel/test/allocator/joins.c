/*
 * Tests of an allocator that joins free neighbours, whatever else is in use.
 *
 * Some blocks stay, at both ends and in the middle, and between them large blocks
 * were in use once.  However the heap is used, when all but the blocks that stay
 * has come back, the large ones are possible again: they were met with the very
 * same blocks in use.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/allocator/room.h"
#include "test/allocator/rules.h"
#include "test/allocator/uses.h"
#include "test/test.h"

#define MOST_ROOMS 2

static struct {
	size_t size[MOST_ROOMS]; /* of the large block that was there */
	size_t count;
} rooms;

static const struct layout stays = { 24, 8 };

static bool is_possible(size_t size)
{
	struct layout layout = { size, 1 };
	void *block = alloc(layout);

	if (block)
		dealloc(block, layout);
	return block;
}

/* Take a block of as many of these bytes as there are, less a few; returns its size. */
static size_t take_up_to(size_t wanted)
{
	size_t possible = 0, impossible = wanted + 1;

	while (impossible - possible > 1 + model.size / 256) {
		size_t size = possible + (impossible - possible) / 2;

		if (is_possible(size))
			possible = size;
		else
			impossible = size;
	}
	check(&rule_room, possible, "a block of a few bytes",
	      "NULL, %zu blocks in use", model.count);
	check(&rule_reuse, model_try_take(possible, 1),
	      "the block that was just freed", "NULL for %zu bytes", possible);
	return possible;
}

/* Take the blocks that stay, with that many rooms between them, which are free. */
static void keep_around(size_t count)
{
	rooms.count = count;
	model_take(stays.size, stays.align);
	for (size_t i = 0; i < count; i++) {
		rooms.size[i] = take_up_to(model.size / 8 * 7 / count);
		model_try_take(stays.size, stays.align);
	}
	for (size_t i = count; i > 0; i--)
		model_give(2 * i - 1);
	model.kept = model.count;
}

static void check_rooms(void)
{
	for (size_t i = 0; i < rooms.count; i++)
		check(&rule_reuse, model_try_take(rooms.size[i], 1),
		      "the large block that was there between the same blocks",
		      "NULL for %zu bytes, %zu blocks in use%s", rooms.size[i],
		      model.count,
		      room_for((struct layout){ rooms.size[i], 1 }).text);
	model_give_all();
}

/* Nothing stays any more: nothing is missing, either. */
static void check_whole_at_last(size_t largest)
{
	model.kept = 0;
	model_give_shuffled();
	model_check_whole(largest);
}

static void check_rooms_after(void (*use)(void))
{
	size_t largest = model_largest();

	keep_around(MOST_ROOMS);
	use();
	check_rooms();
	check_whole_at_last(largest);
}

static void use_and_check_rooms(void (*use)(void))
{
	model_begin_whole_heap();
	check_rooms_after(use);
}

/*
 * Of two neighbours the upper one comes back first, and between it and the lower one
 * perhaps a block that lies apart.  A list in order of addresses has them side by side
 * all the same; one in order of time does not.  So few calls that a failure shows all.
 */
static void check_two(bool one_between)
{
	size_t large = model_largest_beside(2, stays.size), upper;

	model_take(stays.size, stays.align);
	model_take(stays.size, stays.align);
	model_take(stays.size, stays.align);
	model_take(stays.size, stays.align);
	upper = model.blocks[3].memory > model.blocks[2].memory ? 3 : 2;
	model_give(upper);
	if (one_between)
		model_give(0); /* the last one, the lower, is 0 then */
	model_give(one_between ? 0 : 2);
	check(&rule_reuse, model_try_take(large, 1),
	      one_between ? "neighbours that are joined, whatever was freed between "
			    "the upper and the lower one" :
			    "neighbours that are joined, the upper one freed first",
	      "NULL for %zu bytes%s", large,
	      room_for((struct layout){ large, 1 }).text);
	model_give_all();
}

void joins_upwards(void)
{
	model_begin_whole_heap();
	check_two(false);
	check_two(true);
	check_rooms_after(use_upwards);
}

void joins_downwards(void)
{
	use_and_check_rooms(use_downwards);
}

void joins_every_other(void)
{
	use_and_check_rooms(use_every_other);
}

void joins_padding(void)
{
	use_and_check_rooms(use_aligns);
}

void joins_small_blocks(void)
{
	use_and_check_rooms(use_small_blocks);
}

void joins_randomly(void)
{
	use_and_check_rooms(use_randomly);
}

/*
 * Heaps of two thousand bytes, at any address and of any length.  Every other one
 * is left as it is when the next begins.
 */
void joins_tiny_heaps(void)
{
	uint8_t *heap = (uint8_t *)test_heap() + MODEL_GUARD;

	for (size_t round = 0; round < 100; round++) {
		size_t largest;

		model_begin_guarded(heap + test_random_below(64),
				    2000 + test_random_below(64));
		largest = model_largest();
		keep_around(1);
		use_a_little();
		model_check_guards();
		if (round % 2)
			continue;
		model_give_shuffled();
		check_rooms();
		check_whole_at_last(largest);
		model_check_guards();
	}
}
