#include "showcase/showcase.h"

#include <stddef.h>

#include "lib/arguments.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "machine.h"
#include "memory/allocator.h"
#include "memory/frame_allocator.h"
#include "memory/heap.h"

static void show_help(const struct stage *stage);

static const struct show {
	const char *name;
	const char *what;
	void (*run)(const struct stage *stage);
} shows[] = {
	{ "heap", "box, vector and reference count (also without show=)",
	  show_heap },
	{ "translate", "the physical addresses behind some virtual ones",
	  show_translate },
	{ "new", "a fresh page onto the screen's memory", show_new },
	{ "collections", "list, deque, heap, map, set and text",
	  show_collections },
	{ "race", "two processors add to one number, without a lock and with one",
	  show_race },
	{ "help", "this list", show_help },
};

#define SHOW_COUNT (sizeof(shows) / sizeof(shows[0]))

static void show_help(const struct stage *stage)
{
	(void)stage;
	for (size_t i = 0; i < SHOW_COUNT; i++)
		kprintf("show=%s: %s\n", shows[i].name, shows[i].what);
}

/* The frame allocator as a frame source, for whatever maps pages. */
static struct frame_allocator *free_frames;

static struct frame allocate_frame(struct frame_source *source)
{
	(void)source;
	return frame_allocate(free_frames);
}

static void deallocate_frame(struct frame_source *source, struct frame frame)
{
	(void)source;
	frame_deallocate(free_frames, frame);
}

static struct frame_source frame_source = { allocate_frame, deallocate_frame };

void stage_heap(const struct stage *stage)
{
	enum map_result result = init_heap(&stage->mapper, stage->frames);

	require(result == MAP_OK, "init_heap returned %s",
		map_result_name(result));
	allocator_init((void *)HEAP_START, HEAP_SIZE);
}

/* The name after "show=", or else "heap"; any other word is an error. */
static void read_name(const char *arguments, char *name, size_t size)
{
	static const char *const known[] = { "cairn", "show=", NULL };

	require(!argument_unknown(arguments, known, name, size),
		"there is no word \"%s\"; after \"cairn\" there may be show=NAME, "
		"and show=help lists the names; or test",
		name);
	if (!argument_text(arguments, "show=", name, size))
		memcpy(name, "heap", sizeof("heap"));
}

void showcase_run(const char *arguments, const struct boot_info *info)
{
	char name[32];
	static _Alignas(FRAME_ALLOCATOR_ALIGN) char memory[FRAME_ALLOCATOR_SIZE];
	struct stage stage = { { machine_root() }, &frame_source, info };

	read_name(arguments, name, sizeof(name));
	for (size_t i = 0; i < SHOW_COUNT; i++) {
		if (strcmp(shows[i].name, name) != 0)
			continue;
		free_frames = frame_allocator_init(memory, info);
		shows[i].run(&stage);
		return;
	}
	panic("there is no show=%s; show=help lists them", name);
}
