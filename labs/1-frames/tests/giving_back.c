/*
 * Task 3 of lab 1: frames come back and are handed out again.  All frames here
 * have memory, and what their owners write there is looked at.
 */
#include "tests.h"

#include "lib/string.h"
#include "machine.h"
#include "memory/heap.h"
#include "model.h"
#include "rules.h"
#include "test/frames.h"
#include "test/test.h"

/* One area, and a used range that leaves an odd piece on either side. */
static const struct boot_info small_map = {
	.areas = { { { 0x800, 0x14800 }, MEMORY_USABLE } },
	.used = { { 0x5010, 0x7020 } },
};
#define SMALL_MAP_FREE 16

/* Pieces of seven frames, with a hole or a used frame between them. */
#define PIECES 40

static void make_pieces(struct boot_info *map)
{
	uint64_t start = test_memory().start;

	map->area_count = 0;
	map->used_count = 0;
	for (uint64_t i = 0; i < PIECES; i++, start += 16 * PAGE_SIZE) {
		map_add_area(map, start, start + 15 * PAGE_SIZE, MEMORY_USABLE);
		map_add_used(map, start + 7 * PAGE_SIZE,
			     start + 8 * PAGE_SIZE);
	}
}

/* With all frames out, each one that comes back is the next to be had. */
void give_back_one(void)
{
	struct model *model = model_prepare();

	model_begin_table(model, &small_map, test_memory().start,
			  SMALL_MAP_FREE);
	model_take_all(model);
	for (size_t i = 0; i < 3 * SMALL_MAP_FREE; i++) {
		model_give(model, i % SMALL_MAP_FREE);
		model_take(model);
		model_take(model);
	}
	model_check(model);
}

/* All come back, in one order, in the other and at random; and can be had. */
void give_back_all(void)
{
	static struct boot_info map;
	struct model *model = model_prepare();

	make_pieces(&map);
	model_begin(model, &map);
	model_take_all(model);
	while (model->out_count)
		model_give(model, model->out_count - 1);
	model_take_all(model);
	while (model->out_count)
		model_give(model, 0);
	model_take_all(model);
	model_give_until(model, 0);
	model_take_all(model);
	model_check(model);
}

/*
 * What the allocator wrote into a frame that came back, its next owner writes, too:
 * whoever takes that for a sign that the frame is back is wrong.
 */
static void write_what_was_there(struct model *model)
{
	static uint8_t written[SMALL_MAP_FREE][PAGE_SIZE];

	for (int round = 0; round < 8; round++) {
		while (model->out_count > SMALL_MAP_FREE / 2) {
			size_t place = test_random_below(model->out_count);
			size_t index = model->out[place];

			model_give(model, place);
			memcpy(written[index],
			       machine_frame_memory(model_frame(model, index)),
			       PAGE_SIZE);
		}
		while (model->out_count < SMALL_MAP_FREE) {
			size_t index;

			model_take(model);
			index = model->out[model->out_count - 1];
			memcpy(machine_frame_memory(model_frame(model, index)),
			       written[index], PAGE_SIZE);
		}
	}
	model_take_all(model);
}

/*
 * Some are out, some are back, some were never out, and all who have a frame
 * look at it after every step.  Then they write what they like.
 */
void contents_kept(void)
{
	struct model *model = model_prepare();

	model_begin_table(model, &small_map, test_memory().start,
			  SMALL_MAP_FREE);
	for (size_t i = 1; i <= SMALL_MAP_FREE; i++) {
		model_take_until(model, i);
		model_check(model);
		model_give_until(model, i / 2);
		model_check(model);
	}
	model_take_all(model);
	model_check(model);
	model->has_memory = false; /* for the model would write */
	write_what_was_there(model);
}
/*
 * More frames than fit into a page of bits or into one of addresses, and more
 * pieces than a table has room for: every other frame comes back, then the rest.
 */
void many_frames(void)
{
	static const struct boot_info map = {
		.areas = { { { 0, 5000 * PAGE_SIZE }, MEMORY_USABLE } },
	};
	struct model *model = model_prepare();

	model_begin_table(model, &map, test_memory().start, 5000);
	model_take_all(model);
	for (size_t i = model->out_count; i >= 2; i -= 2)
		model_give(model, i - 1);
	model_take_all(model);
	model_give_until(model, 0);
	model_take_all(model);
	model_check(model);
}

#define AT_ONCE 24

_Static_assert(AT_ONCE * FRAME_ALLOCATOR_SIZE + sizeof(struct boot_info) <=
	       HEAP_SIZE, "they and their map lie in the heap region");

/* More than a table of them has room for: each has the two frames for itself. */
static void ask_many(void)
{
	static const struct boot_info two_frames = {
		.areas = { { { 0, 2 * PAGE_SIZE }, MEMORY_USABLE } },
	};
	struct frame_allocator *all[AT_ONCE];
	struct frame first[AT_ONCE], second;
	char *memory = (char *)HEAP_START;
	struct boot_info *map =
		(void *)(memory + AT_ONCE * FRAME_ALLOCATOR_SIZE);

	map_copy(map, &two_frames, MAP_NO_MEMORY);
	for (size_t i = 0; i < AT_ONCE; i++)
		all[i] = frame_allocator_init(memory + i * FRAME_ALLOCATOR_SIZE,
					      map);
	for (size_t i = 0; i < AT_ONCE; i++)
		first[i] = frame_allocate(all[i]);
	for (size_t i = 0; i < AT_ONCE; i++) {
		second = frame_allocate(all[i]);
		check(&rule_several,
		      map_frame_is_free(map, first[i].start) &&
			      map_frame_is_free(map, second.start) &&
			      first[i].start != second.start,
		      "both frames of the map from each allocator",
		      "0x%llx and 0x%llx from number %zu of %d",
		      (unsigned long long)first[i].start,
		      (unsigned long long)second.start, i + 1, AT_ONCE);
	}
}

/*
 * Three allocators with maps of their own, and calls that go now to one and now
 * to another; and then many.
 */
void several_allocators(void)
{
	struct model *models = model_prepare();

	for (size_t i = 0; i < MODELS; i++) {
		model_begin_table(&models[i], &small_map,
				  test_memory().start + i * 0x100000,
				  SMALL_MAP_FREE);
		models[i].about = &rule_several;
	}
	for (size_t i = 0; i < MODELS * SMALL_MAP_FREE; i++)
		model_take(&models[i % MODELS]);
	for (size_t i = 0; i < MODELS * SMALL_MAP_FREE; i++)
		model_give(&models[i % MODELS], 0);
	for (size_t i = 0; i < MODELS; i++)
		model_take_all(&models[i]);
	for (size_t i = 0; i < MODELS; i++)
		model_check(&models[i]);
	ask_many();
}

/*
 * In the same memory, with some frames out and some back: of the map before
 * nothing is left, whether the new one is another or the same.
 */
void init_again(void)
{
	struct model *model = model_prepare();
	uint64_t base = test_memory().start;

	model_begin_table(model, &small_map, base, SMALL_MAP_FREE);
	model_take_until(model, 7);
	model_give_until(model, 3);
	for (uint64_t i = 0; i < 6; i++) {
		model_begin_again(model, &small_map, base + i / 2 * 0x100000,
				  SMALL_MAP_FREE);
		model->about = &rule_anew;
		if (i % 2)
			model_take_all(model);
		model_take_until(model, 9);
		model_give_until(model, 5);
	}
	model_take_all(model);
	model_check(model);
}

/* Calls drawn at random: the frames run out, come back, and run out again. */
void random_operations(void)
{
	static struct boot_info map;
	struct model *model = model_prepare();

	make_pieces(&map);
	model_begin(model, &map);
	for (uint64_t i = test_repetitions(8000); i > 0; i--) {
		bool filling = i / 1000 % 2 == 1;

		if ((test_random_below(4) != 0) == filling)
			model_take(model);
		else if (model->out_count)
			model_give(model, test_random_below(model->out_count));
	}
	model_check(model);
	model_take_all(model);
	model_give_until(model, 0);
	model_take_all(model);
	model_check(model);
}
