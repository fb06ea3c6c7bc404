#include "test/script.h"

#include <stdbool.h>
#include <stdint.h>

#include "lib/string.h"

/* What fills the block of that step: a value that its neighbours' differ from. */
static uint8_t filling(size_t step)
{
	return 0x80 | step;
}

/* The first byte of the block that has another value, or NULL. */
static uint8_t *first_changed(uint8_t *block, size_t size, uint8_t value)
{
	/* Most often there is none, which one comparison tells. */
	if (block[0] == value && memcmp(block, block + 1, size - 1) == 0)
		return NULL;
	while (*block == value)
		block++;
	return block;
}

/* False if there is a block, but not all of it in the heap. */
static bool play_alloc(struct script_step *step, const struct script_step *heap,
		       uint8_t value)
{
	size_t size = step->layout.size;
	size_t offset;

	step->result = alloc(step->layout);
	if (!step->result)
		return true;
	offset = (uintptr_t)step->result - (uintptr_t)heap->heap;
	if (offset > heap->layout.size || size > heap->layout.size - offset)
		return false;
	memset(step->result, value, size);
	return true;
}

static void play_dealloc(struct script_step *step,
			 const struct script_step *taken, uint8_t value)
{
	step->result = NULL;
	if (!taken->result)
		return;
	step->result = first_changed(taken->result, taken->layout.size, value);
	dealloc(taken->result, taken->layout);
}

void script_play(struct script *script)
{
	const struct script_step *heap = &script->steps[0];
	bool right = true;

	for (size_t i = 0; right && i < script->count; i++) {
		struct script_step *step = &script->steps[i];

		script->now = i;
		switch (step->call) {
		case SCRIPT_INIT:
			heap = step;
			allocator_init(heap->heap, heap->layout.size);
			break;
		case SCRIPT_ALLOC:
			right = play_alloc(step, heap, filling(i));
			break;
		case SCRIPT_DEALLOC:
			play_dealloc(step, &script->steps[step->taken_by],
				     filling(step->taken_by));
			break;
		}
	}
}
