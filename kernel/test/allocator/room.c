#include "test/allocator/room.h"

#include <stdbool.h>

/* Free memory with nothing free beside it. */
struct piece {
	const uint8_t *start, *end;
};

static size_t piece_size(struct piece piece)
{
	return piece.end - piece.start;
}

/* The free piece that begins there, and ends at the next block in use. */
static struct piece piece_from(const uint8_t *start)
{
	const struct model_block *next = model_first_from(start);

	return (struct piece){ start,
			       next ? next->memory : model.heap + model.size };
}

static struct piece largest_piece(void)
{
	struct piece largest = piece_from(model.heap);

	for (size_t i = 0; i < model.count; i++) {
		const struct model_block *block = &model.blocks[i];
		struct piece piece =
			piece_from(block->memory + block->layout.size);

		if (piece_size(piece) > piece_size(largest))
			largest = piece;
	}
	return largest;
}

/* The block that was freed last, for i = 0, the one before it, and so on; or NULL. */
static const struct model_block *freed_before(size_t i)
{
	if (i >= model.freed_count || i >= MODEL_FREED)
		return NULL;
	return &model.freed[(model.freed_count - 1 - i) % MODEL_FREED];
}

/* Sizes are rounded up, so what was free may end that far behind a block. */
#define ROUNDING 32

/* Whether a block that ended there, or nearly, was freed in the piece. */
static bool was_freed_below(const uint8_t *start, struct piece piece)
{
	const struct model_block *block;

	for (size_t i = 0; (block = freed_before(i)); i++) {
		const uint8_t *end = block->memory + block->layout.size;

		if (piece.start < end && end <= start && start - end < ROUNDING)
			return true;
	}
	return false;
}

/* What is free below and above the block that was freed last, if it is in the piece. */
static void add_freed_last(struct line *line, struct piece piece)
{
	const struct model_block *last = freed_before(0);
	const uint8_t *end;

	if (!last)
		return;
	end = last->memory + last->layout.size;
	if (last->memory < piece.start || end > piece.end)
		return;
	line_add(line, "; freed last: %zu at %p", last->layout.size,
		 (void *)last->memory);
	if (was_freed_below(last->memory, piece))
		line_add(line, ", what is below it is free");
	else if (last->memory - piece.start >= ROUNDING)
		line_add(line, ", the gap below it is free");
	if (piece.end - end >= ROUNDING)
		line_add(line, ", what is above it is free");
}

struct line room_for(struct layout layout)
{
	struct piece piece = largest_piece();
	struct line line = LINE_EMPTY;

	if (piece_size(piece) < layout.size + (layout.align - 1)) {
		line_add(&line, ", at most %zu free side by side",
			 piece_size(piece));
		return line;
	}
	line_add(&line, ", though %zu are free side by side at %p",
		 piece_size(piece), (const void *)piece.start);
	add_freed_last(&line, piece);
	return line;
}

/* If a block began there that was freed, say so: who gave this memory away again? */
static void add_freed_at(struct line *line, const uint8_t *start)
{
	const struct model_block *block;

	for (size_t i = 0; (block = freed_before(i)); i++) {
		if (block->memory != start)
			continue;
		line_add(line, " (%zu freed there)", block->layout.size);
		return;
	}
}

struct line room_overlap(const uint8_t *start, size_t size,
			 const struct model_block *other)
{
	size_t in_use = other->layout.size;
	struct line line = LINE_EMPTY;

	line_add(&line, "%zu bytes at %p", size, (const void *)start);
	add_freed_at(&line, start);
	if (start == other->memory)
		line_add(&line, ", where %zu are in use", in_use);
	else if (start > other->memory)
		line_add(&line, ", %zu bytes behind the start of %zu in use at %p",
			 (size_t)(start - other->memory), in_use,
			 (void *)other->memory);
	else
		line_add(&line, ", reaching into %zu in use at %p", in_use,
			 (void *)other->memory);
	return line;
}
