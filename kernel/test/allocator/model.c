#include "test/allocator/model.h"

#include "lib/string.h"
#include "memory/heap.h"
#include "test/allocator/history.h"
#include "test/allocator/room.h"
#include "test/allocator/rules.h"
#include "test/test.h"

struct model model;

void model_forget(void)
{
	model.count = 0;
	model.kept = 0;
	model.in_use = 0;
	model.next_number = 1;
	model.freed_count = 0;
}

void model_begin(uint8_t *heap, size_t size)
{
	model.heap = heap;
	model.size = size;
	model_forget();
	history_begin();
	allocator_init(heap, size);
}

void model_begin_guarded(uint8_t *heap, size_t size)
{
	memset(heap - MODEL_GUARD, TEST_GARBAGE, MODEL_GUARD);
	memset(heap + size, TEST_GARBAGE, MODEL_GUARD);
	model_begin(heap, size);
}

void model_check_guards(void)
{
	const uint8_t *below = model.heap - MODEL_GUARD;
	const uint8_t *above = model.heap + model.size;

	for (size_t i = 0; i < MODEL_GUARD; i++) {
		check_hex(&rule_outside, "a byte just below the heap",
			  TEST_GARBAGE, below[i]);
		check_hex(&rule_outside, "a byte just above the heap",
			  TEST_GARBAGE, above[i]);
	}
}

void model_begin_whole_heap(void)
{
	model_begin(test_heap(), HEAP_SIZE);
}

static bool is_possible(size_t size)
{
	return alloc((struct layout){ size, 1 });
}

static bool is_possible_for_now(size_t size)
{
	struct layout layout = { size, 1 };
	void *block = alloc(layout);

	if (block)
		dealloc(block, layout);
	return block;
}

/* The largest of these sizes, beside some blocks on a heap that is empty otherwise. */
static size_t largest_that(bool (*is_possible_size)(size_t), size_t count,
			   size_t taken)
{
	size_t possible = 0, impossible = model.size + 1;

	while (impossible - possible > 1) {
		size_t size = possible + (impossible - possible) / 2;

		for (size_t i = 0; i < count; i++)
			model_take(taken, 1);
		if (is_possible_size(size))
			possible = size;
		else
			impossible = size;
		model_begin(model.heap, model.size);
	}
	return possible;
}

size_t model_largest_beside(size_t count, size_t taken)
{
	return largest_that(is_possible, count, taken);
}

size_t model_largest(void)
{
	return largest_that(is_possible_for_now, 0, 0);
}

/* The eight bytes that belong at that offset, a multiple of 8, of a block. */
static uint64_t model_word(uint64_t number, size_t offset)
{
	return number * 0x9e3779b97f4a7c15 + offset;
}

uint8_t model_byte(uint64_t number, size_t offset)
{
	return model_word(number, offset & ~7ull) >> 8 * (offset % 8);
}

/* By words, because the tests fill and check many bytes. */
static void model_fill(const struct model_block *block)
{
	size_t i = 0;

	for (; i + 8 <= block->layout.size; i += 8) {
		uint64_t word = model_word(block->number, i);

		memcpy(block->memory + i, &word, 8);
	}
	for (; i < block->layout.size; i++)
		block->memory[i] = model_byte(block->number, i);
}

/* Whether the block holds what it should, for up to 8 bytes from offset i on. */
static bool model_holds(const struct model_block *block, size_t i)
{
	uint64_t word;

	if (i + 8 > block->layout.size) {
		for (; i < block->layout.size; i++) {
			if (block->memory[i] != model_byte(block->number, i))
				return false;
		}
		return true;
	}
	memcpy(&word, block->memory + i, 8);
	return word == model_word(block->number, i);
}

static void model_check_contents(const struct model_block *block)
{
	for (size_t i = 0; i < block->layout.size; i += 8)
		check(&rule_contents, model_holds(block, i),
		      "what the owner wrote",
		      "other bytes at offset %zu of %zu bytes at %p", i,
		      block->layout.size, (void *)block->memory);
}

void model_check_all(void)
{
	for (size_t i = 0; i < model.count; i++)
		model_check_contents(&model.blocks[i]);
}

const struct model_block *model_first_from(const uint8_t *from)
{
	const struct model_block *found = NULL;

	for (size_t i = 0; i < model.count; i++) {
		const struct model_block *block = &model.blocks[i];

		if (block->memory >= from &&
		    (!found || block->memory < found->memory))
			found = block;
	}
	return found;
}

void model_check_place(const uint8_t *memory, struct layout layout)
{
	size_t offset = memory - model.heap; /* huge if it lies below */

	check(&rule_inside,
	      offset < model.size && layout.size <= model.size - offset,
	      "a block inside the heap",
	      "%zu bytes at %p, the heap has %zu at %p", layout.size,
	      (const void *)memory, model.size, (void *)model.heap);
	check(&rule_aligned, (uintptr_t)memory % layout.align == 0,
	      "a multiple of the align", "%p for an align of %zu",
	      (const void *)memory, layout.align);
	for (size_t i = 0; i < model.count; i++) {
		const struct model_block *other = &model.blocks[i];

		check(&rule_apart,
		      memory >= other->memory + other->layout.size ||
			      other->memory >= memory + layout.size,
		      "a block apart from all others", "%s",
		      room_overlap(memory, layout.size, other).text);
	}
}

void model_enter(uint8_t *memory, struct layout layout)
{
	struct model_block *block = &model.blocks[model.count];

	model_check_place(memory, layout);
	*block = (struct model_block){ memory, layout, model.next_number++ };
	model.count++;
	model.in_use += layout.size;
}

void model_add(uint8_t *memory, struct layout layout)
{
	model_enter(memory, layout);
	model_fill(&model.blocks[model.count - 1]);
}

void model_remove(size_t index)
{
	model.freed[model.freed_count++ % MODEL_FREED] = model.blocks[index];
	model.in_use -= model.blocks[index].layout.size;
	model.count--;
	model.blocks[index] = model.blocks[model.count];
}

bool model_try_take(size_t size, size_t align)
{
	struct layout layout = { size, align };
	uint8_t *memory;

	if (model.count == MODEL_BLOCKS)
		return false;
	history_alloc(layout);
	memory = alloc(layout);
	history_returned(memory);
	if (memory)
		model_add(memory, layout);
	return memory;
}

void model_take(size_t size, size_t align)
{
	struct layout layout = { size, align };

	check(&rule_room, model_try_take(size, align), "a block",
	      "NULL for Layout { size: %zu, align: %zu }, %zu blocks in use%s",
	      size, align, model.count, room_for(layout).text);
}

void model_give(size_t index)
{
	struct model_block block = model.blocks[index];

	model_check_contents(&block);
	model_remove(index);
	history_dealloc(block.memory, block.layout);
	dealloc(block.memory, block.layout);
}

void model_give_all(void)
{
	while (model.count > model.kept)
		model_give(model.count - 1);
}

bool model_give_any(void)
{
	size_t others = model.count - model.kept;

	if (others)
		model_give(model.kept + test_random_below(others));
	return others;
}

void model_give_shuffled(void)
{
	while (model_give_any())
		;
}

void model_give_every_other(void)
{
	for (size_t i = (model.count - model.kept) / 2; i > 0; i--)
		model_give(model.kept + 2 * i - 1);
}

void model_check_whole(size_t largest)
{
	check(&rule_whole, model_try_take(largest, 1),
	      "the largest block of the fresh heap", "NULL for %zu bytes%s",
	      largest, room_for((struct layout){ largest, 1 }).text);
	model_give_all();
}

void model_sort(bool highest_last)
{
	struct model_block *blocks = model.blocks + model.kept;

	for (size_t i = 1; model.kept + i < model.count; i++) {
		struct model_block block = blocks[i];
		size_t to = i;

		for (; to && (blocks[to - 1].memory > block.memory) ==
				     highest_last; to--)
			blocks[to] = blocks[to - 1];
		blocks[to] = block;
	}
}
