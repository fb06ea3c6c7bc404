#include "model.h"

#include "lib/panic.h"
#include "lib/string.h"
#include "machine.h"
#include "memory/heap.h"
#include "rules.h"
#include "test/hardware.h"

/* Bytes around the allocator's memory that nobody may write to. */
#define GUARD 256

/* The first one lies so that its memory is aligned to FRAME_ALLOCATOR_ALIGN, no more. */
struct model_room {
	uint8_t below[GUARD + FRAME_ALLOCATOR_ALIGN];
	_Alignas(FRAME_ALLOCATOR_ALIGN) uint8_t memory[FRAME_ALLOCATOR_SIZE];
	uint8_t above[GUARD];
	struct boot_info map;
};

_Static_assert(MODELS * sizeof(struct model_room) <= HEAP_SIZE,
	       "the rooms lie in the heap region");

static struct model models[MODELS];

struct model *model_prepare(void)
{
	struct model_room *rooms = test_heap();

	for (size_t i = 0; i < MODELS; i++)
		models[i].room = &rooms[i];
	return models;
}

/* ---- The frames of a map ------------------------------------------------ */

static void add_free_frame(struct model *model, uint64_t start)
{
	struct model_run *run = &model->runs[model->run_count];

	if (model->run_count &&
	    run[-1].start + run[-1].count * PAGE_SIZE == start) {
		run[-1].count++;
	} else {
		require(model->run_count < MODEL_RUNS, "too many free runs");
		*run = (struct model_run){ start, 1 };
		model->run_count++;
	}
	require(model->free_count < MODEL_FRAMES, "too many free frames");
	model->states[model->free_count++] = MODEL_NEW;
}

/* Slowly but surely: ask about each frame that the area touches. */
static void add_area(struct model *model, const struct physical_range *range)
{
	uint64_t start = frame_containing(range->start).start;

	do {
		if (map_frame_is_free(&model->map, start))
			add_free_frame(model, start);
		start += PAGE_SIZE;
	} while (start && start < range->end);
}

static void find_free_frames(struct model *model)
{
	model->run_count = 0;
	model->free_count = 0;
	model->out_count = 0;
	model->spent = 0;
	for (size_t i = 0; i < model->map.area_count; i++)
		if (model->map.areas[i].type == MEMORY_USABLE)
			add_area(model, &model->map.areas[i].range);
}

struct frame model_frame(const struct model *model, size_t index)
{
	const struct model_run *run = model->runs;

	for (; index >= run->count; run++)
		index -= run->count;
	return (struct frame){ run->start + index * PAGE_SIZE };
}

/* free_count if the frame is not one of them. */
static size_t model_index(const struct model *model, struct frame frame)
{
	size_t index = 0;

	for (size_t i = 0; i < model->run_count; i++) {
		const struct model_run *run = &model->runs[i];
		uint64_t offset = frame.start - run->start; /* huge if below */

		if (offset / PAGE_SIZE < run->count)
			return offset % PAGE_SIZE ? model->free_count :
						    index + offset / PAGE_SIZE;
		index += run->count;
	}
	return model->free_count;
}

/* ---- What is in the frames ---------------------------------------------- */

/* The eight bytes that belong there: no two frames hold the same. */
static uint64_t word_of(struct frame frame, size_t i)
{
	return (frame.start + i) * 0x9e3779b97f4a7c15;
}

#define FRAME_WORDS (PAGE_SIZE / sizeof(uint64_t))

static void fill(struct frame frame)
{
	uint64_t *words = machine_frame_memory(frame);

	for (size_t i = 0; i < FRAME_WORDS; i++)
		words[i] = word_of(frame, i);
}

static void check_contents(struct frame frame, const char *expected,
			   const char *whose)
{
	const uint64_t *words = machine_frame_memory(frame);

	for (size_t i = 0; i < FRAME_WORDS; i++)
		check(&rule_contents, words[i] == word_of(frame, i),
		      expected, "0x%llx at offset %zu of frame 0x%llx, which %s",
		      (unsigned long long)words[i], i * sizeof(uint64_t),
		      (unsigned long long)frame.start, whose);
}

/* From the first area to the last, the frames that are not free among them. */
static struct physical_range watched_range(const struct boot_info *map)
{
	return (struct physical_range){
		frame_containing(map->areas[0].range.start).start,
		map->areas[map->area_count - 1].range.end,
	};
}

/* The test owns all of them, as long as the allocator has handed none out. */
static void fill_watched(const struct model *model)
{
	struct frame frame = { model->watched.start };

	for (; frame.start < model->watched.end; frame.start += PAGE_SIZE)
		fill(frame);
}

static void check_watched(const struct model *model)
{
	struct frame frame = { model->watched.start };

	for (; frame.start < model->watched.end; frame.start += PAGE_SIZE) {
		size_t index = model_index(model, frame);

		if (index == model->free_count)
			check_contents(frame, "the frame as it was",
				       "was never free");
		else if (model->states[index] == MODEL_NEW)
			check_contents(frame, "the frame as it was",
				       "nobody has had yet");
	}
}

/* ---- An allocator begins ------------------------------------------------ */

static bool is_test_memory(const struct boot_info *map)
{
	uint64_t offset = map->areas[0].range.start - test_memory().start;

	return map->area_count && offset < TEST_MEMORY_FRAMES * PAGE_SIZE;
}

static void begin(struct model *model, const struct boot_info *map)
{
	struct model_room *room = model->room;

	model->map = *map;
	model->about = NULL;
	find_free_frames(model);
	model->has_memory = is_test_memory(map) &&
			    model->free_count <= MODEL_LOOKED_AT;
	model->watched = (struct physical_range){ 0, 0 };
	if (model->has_memory)
		model->watched = watched_range(map);
	fill_watched(model);
	room->map = model->map;
	model->frames = frame_allocator_init(room->memory, &room->map);
}

void model_begin(struct model *model, const struct boot_info *map)
{
	memset(model->room, TEST_GARBAGE, sizeof(*model->room));
	begin(model, map);
}

void model_begin_again(struct model *model, const struct boot_info *table,
		       uint64_t base, uint64_t free_count)
{
	static struct boot_info map;

	map_copy(&map, table, base);
	begin(model, &map);
	require(model->free_count == free_count,
		"the test counts %llu free frames, its map has %llu",
		(unsigned long long)free_count,
		(unsigned long long)model->free_count);
}

void model_begin_table(struct model *model, const struct boot_info *table,
		       uint64_t base, uint64_t free_count)
{
	memset(model->room, TEST_GARBAGE, sizeof(*model->room));
	model_begin_again(model, table, base, free_count);
}

void model_check(const struct model *model)
{
	const struct model_room *room = model->room;

	for (size_t i = 0; model->has_memory && i < model->out_count; i++)
		check_contents(model_frame(model, model->out[i]),
			       "what the owner of the frame wrote", "is out");
	check_watched(model);
	for (size_t i = 0; i < sizeof(room->below); i++)
		check_hex(&rule_own_memory, "a byte just below its memory",
			  TEST_GARBAGE, room->below[i]);
	for (size_t i = 0; i < sizeof(room->above); i++)
		check_hex(&rule_own_memory, "a byte just above its memory",
			  TEST_GARBAGE, room->above[i]);
	check(&rule_own_memory,
	      memcmp(&room->map, &model->map, sizeof(room->map)) == 0,
	      "the boot information is only read", "it has changed");
}

/* ---- Taking and giving -------------------------------------------------- */

/* The rule to name: the one that the test is about, or else this one. */
static const struct rule *named(const struct model *model,
				const struct rule *rule)
{
	return model->about ? model->about : rule;
}

/* Any frame of that state; none: free_count. */
static size_t find_state(const struct model *model, enum model_state state)
{
	size_t index = 0;

	while (index < model->free_count && model->states[index] != state)
		index++;
	return index;
}

/* NO_FRAME came: say which frame could have come. */
_Noreturn static void fail_none(const struct model *model)
{
	size_t index = find_state(model, MODEL_BACK);
	bool is_back = index < model->free_count;
	uint64_t start;

	if (!is_back)
		index = find_state(model, MODEL_NEW);
	start = model_frame(model, index).start;
	test_fail(__FILE__, __LINE__,
		  named(model, is_back ? &rule_again : &rule_gives),
		  is_back ? "a frame that was given back" : "a free frame",
		  "NO_FRAME with %zu of %llu frames out; frame 0x%llx is free; "
		  "the map there: %s",
		  model->out_count, (unsigned long long)model->free_count,
		  (unsigned long long)start, map_near(&model->map, start));
}

/* Not one of the free frames came: say which rule forbids it. */
_Noreturn static void fail_not_free(const struct model *model,
				    struct frame frame)
{
	uint64_t start = frame.start;
	const struct rule *rule = &rule_usable;
	struct boot_info unused = model->map;

	unused.used_count = 0;
	if (start == 0)
		rule = &rule_frame_zero;
	else if (start % PAGE_SIZE == 0 && map_frame_is_free(&unused, start))
		rule = &rule_used;
	test_fail(__FILE__, __LINE__, named(model, rule),
		  "a frame that the map makes free",
		  "frame 0x%llx as number %zu; the map there: %s",
		  (unsigned long long)start, model->out_count + 1,
		  map_near(&model->map, start));
}

static void check_taken(const struct model *model, struct frame frame,
			size_t index)
{
	if (frame_is_none(frame))
		fail_none(model);
	if (index == model->free_count)
		fail_not_free(model, frame);
	check(named(model, &rule_once), model->states[index] != MODEL_OUT,
	      "a frame that nobody has", "frame 0x%llx, with %zu of %llu out",
	      (unsigned long long)frame.start, model->out_count,
	      (unsigned long long)model->free_count);
}

static struct frame timed_allocate(struct model *model)
{
	uint64_t before = hardware_clock();
	struct frame frame = frame_allocate(model->frames);

	model->spent += hardware_clock() - before;
	return frame;
}

static void timed_deallocate(struct model *model, struct frame frame)
{
	uint64_t before = hardware_clock();

	frame_deallocate(model->frames, frame);
	model->spent += hardware_clock() - before;
}

void model_take(struct model *model)
{
	struct frame frame = timed_allocate(model);
	size_t index = model_index(model, frame);

	if (model->out_count == model->free_count) {
		check(named(model, &rule_none_left), frame_is_none(frame),
		      "NO_FRAME",
		      "frame 0x%llx, which %s, with all %zu out; the map there: %s",
		      (unsigned long long)frame.start,
		      index < model->free_count ? "is out already" :
						  "was never free",
		      model->out_count, map_near(&model->map, frame.start));
		return;
	}
	check_taken(model, frame, index);
	if (model->watched.end && model->states[index] == MODEL_NEW)
		check_contents(frame, "the frame as it was",
			       "nobody has had yet");
	model->states[index] = MODEL_OUT;
	model->out[model->out_count++] = index;
	if (model->has_memory)
		fill(frame);
}

void model_take_until(struct model *model, size_t out_count)
{
	while (model->out_count < out_count)
		model_take(model);
}

void model_take_all(struct model *model)
{
	model_take_until(model, model->free_count);
	for (int i = 0; i < 3; i++)
		model_take(model);
}

void model_give(struct model *model, size_t place)
{
	size_t index = model->out[place];
	struct frame frame = model_frame(model, index);

	if (model->has_memory)
		check_contents(frame, "what the owner of the frame wrote",
			       "is out");
	model->out[place] = model->out[--model->out_count];
	model->states[index] = MODEL_BACK;
	timed_deallocate(model, frame);
}

void model_give_until(struct model *model, size_t out_count)
{
	while (model->out_count > out_count)
		model_give(model, test_random_below(model->out_count));
}
