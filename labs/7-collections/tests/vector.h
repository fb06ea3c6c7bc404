/*
 * A vector of the submission's beside what it must hold.
 */
#ifndef LABS_7_COLLECTIONS_TESTS_VECTOR_H
#define LABS_7_COLLECTIONS_TESTS_VECTOR_H

#include <stdint.h>

#include "collections/vec.h"

#define VECTOR_MOST 600 /* items */

/*
 * Items are numbers: the first eight bytes of an item, or as many as it has.  Its
 * other bytes are made from the number, too.
 */
struct vector {
	struct vec_core core;
	uint64_t items[VECTOR_MOST];
	size_t length;
	uint64_t spent; /* by hardware_clock, in pushes */
};

/* An empty vector of items of that layout. */
void vector_begin(struct vector *vector, struct layout item);

/* The item as bytes, in heap_scratch_in. */
const void *vector_item_bytes(const struct vector *vector, uint64_t number);

/* Fails unless heap_scratch_out holds that item. */
void vector_check_out(const struct vector *vector, uint64_t number);

/*
 * The submission's calls, with what must come of them where there is memory.  The
 * whole vector is looked at by vector_check only.
 */
void vector_reserve(struct vector *vector, size_t more);
void vector_push(struct vector *vector, uint64_t number);
void vector_insert(struct vector *vector, size_t index, uint64_t number);
void vector_pop(struct vector *vector);
void vector_remove(struct vector *vector, size_t index);
void vector_free(struct vector *vector);

/* Put in what lies there, which are the bytes of that number. */
void vector_push_from(struct vector *vector, const void *item, uint64_t number);
void vector_insert_from(struct vector *vector, size_t index, const void *item,
			uint64_t number);

/* Put in an item of the vector's own, by its address. */
void vector_insert_own(struct vector *vector, size_t index, size_t own);

/* Fails unless shape, block and items are as they must be. */
void vector_check(const struct vector *vector);

#endif
