/*
 * What the model can say in words about a request that went wrong: where there is room
 * for it, and what was there before.
 */
#ifndef TEST_ALLOCATOR_ROOM_H
#define TEST_ALLOCATOR_ROOM_H

#include <stdint.h>

#include "memory/allocator.h"
#include "test/allocator/model.h"
#include "test/line.h"

/*
 * For a message that ends in "NULL for so many bytes": how much is free side by side,
 * and if that is enough, what the block that was freed last has around it.
 */
struct line room_for(struct layout layout);

/*
 * A block of that many bytes that overlaps another: by how much, and what was freed
 * where it begins.
 */
struct line room_overlap(const uint8_t *start, size_t size,
			 const struct model_block *other);

#endif
