/*
 * Tests of what the interface makes of alloc and dealloc: blocks of zeroes, and
 * blocks of another size.
 */
#include "test/allocator/tests.h"

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/allocator/rules.h"
#include "test/test.h"

/* Blocks that come out of used memory are zero all the same. */
void zeroed(void)
{
	model_begin_whole_heap();
	for (size_t i = 0; i < 50; i++)
		model_take(1000, 8);
	model_give_shuffled();
	for (size_t size = 1; size <= 1000; size += 37) {
		struct layout layout = { size, 16 };
		uint8_t *block = alloc_zeroed(layout);

		check(&rule_room, block, "a block", "NULL");
		model_check_place(block, layout);
		for (size_t i = 0; i < size; i++)
			check_hex(&rule_zeroed, "a byte of the block", 0,
				  block[i]);
		model_add(block, layout);
	}
	model_give_all();
}

/* Resize the only block in use; its contents are those of block number 1. */
static void resize(size_t new_size)
{
	struct model_block *block = &model.blocks[0];
	uint8_t *moved = alloc_resized(block->memory, block->layout, new_size);

	check(&rule_resized, moved, "a block of the new size",
	      "NULL for %zu bytes; is the old block freed?", new_size);
	for (size_t i = 0; i < new_size && i < block->layout.size; i++)
		check_hex(&rule_resized, "a byte of the moved block",
			  model_byte(block->number, i), moved[i]);
	model_remove(0);
	model_add(moved, (struct layout){ new_size, 8 });
}

/*
 * A block grows and shrinks more often than the heap has room for; a size that
 * is impossible leaves it as it is.
 */
void resized(void)
{
	model_begin_whole_heap();
	model_take(100, 8);
	for (size_t i = 0; i < 50; i++) {
		resize(4000);
		resize(2000);
	}
	check(&rule_impossible,
	      !alloc_resized(model.blocks[0].memory, model.blocks[0].layout,
			     SIZE_MAX - 7),
	      "NULL", "a block of SIZE_MAX - 7 bytes");
	model_give_all();
}
