/*
 * What the tests of lab 1 know about an allocator: which frames its map makes
 * free, and where each of them is.  Every frame that a test takes or gives
 * through a model is judged by the rules that any allocator keeps.
 *
 * Map and allocator lie in the heap region, which the submission shares with the
 * tests in every way of running them; what is compared lies here.
 */
#ifndef LABS_1_FRAMES_TESTS_MODEL_H
#define LABS_1_FRAMES_TESTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "map.h"
#include "memory/frame_allocator.h"
#include "test/frames.h"
#include "test/test.h"

#define MODELS 3 /* so many at once */
#define MODEL_FRAMES TEST_MEMORY_FRAMES /* so many free frames in a map */
#define MODEL_RUNS 192 /* each area or used range ends one and begins one */
#define MODEL_LOOKED_AT 1024 /* in so many frames; in more it takes too long */

/* Free frames in a row; index_of its first is the sum of all before. */
struct model_run {
	uint64_t start;
	uint64_t count;
};

/* Nobody has had it yet; somebody has it; it was given back. */
enum model_state { MODEL_NEW, MODEL_OUT, MODEL_BACK };

struct model {
	struct model_room *room; /* what the submission has of it */
	struct frame_allocator *frames;
	struct boot_info map; /* what the submission's must stay */
	bool has_memory; /* there is memory in the frames, and it is looked at */
	struct physical_range watched; /* also in those that nobody has had */
	const struct rule *about; /* if a test is about one rule only; or NULL */

	struct model_run runs[MODEL_RUNS];
	size_t run_count;
	uint64_t free_count; /* the frames in all of them */
	uint8_t states[MODEL_FRAMES]; /* enum model_state, by index */
	uint32_t out[MODEL_FRAMES]; /* the indices of those that are out */
	size_t out_count;
	uint64_t spent; /* by hardware_clock, in calls of the allocator */
};

/* Once in each test, first of all: the MODELS models, all without an allocator. */
struct model *model_prepare(void);

/*
 * An allocator begins, with this map.  Where the map is one of test_memory(),
 * what is in the frames is looked at, if there are few: in those that are out, and in
 * those between the first and the last that were never handed out.
 */
void model_begin(struct model *model, const struct boot_info *map);

/* The same, with a map as in map_copy that must have so many free frames. */
void model_begin_table(struct model *model, const struct boot_info *table,
		       uint64_t base, uint64_t free_count);

/* The same, in memory that still holds the allocator before. */
void model_begin_again(struct model *model, const struct boot_info *table,
		       uint64_t base, uint64_t free_count);

/* Take one frame; if all are out, there must be none. */
void model_take(struct model *model);

/* Take frames until so many are out; or all, and see that no more come. */
void model_take_until(struct model *model, size_t out_count);
void model_take_all(struct model *model);

/* Give back the frame at that place of model->out; the last takes its place. */
void model_give(struct model *model, size_t place);

/* Give back frames drawn at random until so many are out. */
void model_give_until(struct model *model, size_t out_count);

/* The frame at that index. */
struct frame model_frame(const struct model *model, size_t index);

/*
 * See that every frame which is out holds what its owner wrote, and that nothing
 * around the allocator's memory has changed, nor the map.
 */
void model_check(const struct model *model);

#endif
