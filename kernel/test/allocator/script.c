#include "test/allocator/script.h"

#include <stdbool.h>
#include <stdint.h>

#include "lib/string.h"

/* What fills the block of that step: a value different from its neighbours'. */
static uint8_t filling(size_t step)
{
	return 0x80 | step;
}

/* The first byte of the block that has another value, or NULL. */
static uint8_t *first_changed(uint8_t *block, size_t size, uint8_t value)
{
	/* Most often there is none, which one comparison shows. */
	if (block[0] == value && memcmp(block, block + 1, size - 1) == 0)
		return NULL;
	while (*block == value)
		block++;
	return block;
}

/* False if there is a block, but not all of it in the heap. */
static bool play_alloc(const struct script_step *step,
		       const struct script_step *heap, void **result,
		       uint8_t value)
{
	size_t size = step->layout.size;
	size_t offset;

	*result = alloc(step->layout);
	if (!*result)
		return true;
	offset = (uintptr_t)*result - (uintptr_t)heap->heap;
	if (offset > heap->layout.size || size > heap->layout.size - offset)
		return false;
	memset(*result, value, size);
	return true;
}

static void play_dealloc(const struct script_step *taken, void *block,
			 void **result, uint8_t value)
{
	if (!block)
		return;
	*result = first_changed(block, taken->layout.size, value);
	dealloc(block, taken->layout);
}

void script_play(const struct script *script, struct script_results *results)
{
	const struct script_step *heap = &script->steps[0];
	bool right = true;

	memset(results->of, 0, script->count * sizeof(results->of[0]));
	for (size_t i = 0; right && i < script->count; i++) {
		const struct script_step *step = &script->steps[i];
		size_t taken_by = step->taken_by;

		results->now = i;
		switch (step->call) {
		case SCRIPT_INIT:
			heap = step;
			allocator_init(heap->heap, heap->layout.size);
			break;
		case SCRIPT_ALLOC:
			right = play_alloc(step, heap, &results->of[i],
					   filling(i));
			break;
		case SCRIPT_DEALLOC:
			play_dealloc(&script->steps[taken_by],
				     results->of[taken_by], &results->of[i],
				     filling(taken_by));
			break;
		}
	}
}
