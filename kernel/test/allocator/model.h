/*
 * What the tests of an allocator know about a heap: which blocks are in use,
 * and what must be in them.  Every block that a test takes or gives through the
 * model is checked against the rules that any allocator keeps.
 *
 * A block is filled with bytes made from its number, and checked again when
 * it is given back, so that nobody can have written into it unnoticed.
 */
#ifndef TEST_ALLOCATOR_MODEL_H
#define TEST_ALLOCATOR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

#define MODEL_BLOCKS 1536
#define MODEL_FREED 1024

struct model_block {
	uint8_t *memory;
	struct layout layout;
	uint64_t number; /* its serial number in this heap, from 1 */
};

struct model {
	uint8_t *heap;
	size_t size;
	struct model_block blocks[MODEL_BLOCKS]; /* in use */
	size_t count;
	size_t kept; /* this many of the first stay: nothing below gives them back */
	size_t in_use; /* the bytes in all of these blocks */
	uint64_t next_number;
	struct model_block freed[MODEL_FREED]; /* the last of them, in a ring */
	size_t freed_count;
};

/* The one model.  Tests read it; the functions below write it. */
extern struct model model;

/* ---- A heap to begin with ------------------------------------------------ */

/* An empty heap in [heap, heap + size). */
void model_begin(uint8_t *heap, size_t size);

/* The same, in all of a fresh test_heap(). */
void model_begin_whole_heap(void);

/* An empty heap with known bytes below and above the heap. */
#define MODEL_GUARD 256
void model_begin_guarded(uint8_t *heap, size_t size);
void model_check_guards(void);

/*
 * The size of the largest block that an empty heap gives, by bisection; gives it back,
 * and starts over with an empty heap for each attempt, and at the end.  The same beside
 * some blocks of that many bytes, with nothing given back: it needs no dealloc.
 */
size_t model_largest(void);
size_t model_largest_beside(size_t count, size_t taken);

/* ---- Taking and giving blocks -------------------------------------------- */

/* Take a block, if there is one: the last of model.blocks then. */
bool model_try_take(size_t size, size_t align);

/* Take a block where there is room for it. */
void model_take(size_t size, size_t align);

/* Give the block at that index of model.blocks back, its contents checked. */
void model_give(size_t index);

/* Give every block back that is not kept, the last of model.blocks first. */
void model_give_all(void);

/* The same in random order; or one of them, false if there is none. */
void model_give_shuffled(void);
bool model_give_any(void);

/* Of those that are not kept, give back the second, the fourth, and so on. */
void model_give_every_other(void);

/*
 * Sort the blocks that are not kept by address: the highest comes last, and is the
 * first to be given back by model_give_all; or else the lowest.
 */
void model_sort(bool highest_last);

/* Every block in use must hold what its owner wrote. */
void model_check_all(void);

/* With nothing in use but what is kept: the largest request from before is possible. */
void model_check_whole(size_t largest);

/* ---- For tests that call the allocator themselves ------------------------ */

/* The byte that belongs at any offset of a block. */
uint8_t model_byte(uint64_t number, size_t offset);

/* The block must be inside the heap, aligned, and apart from all in use. */
void model_check_place(const uint8_t *memory, struct layout layout);

/* Enter a block that the submission returned, whose place has been checked. */
void model_enter(uint8_t *memory, struct layout layout);

/* The same, and fill it with what its owner writes. */
void model_add(uint8_t *memory, struct layout layout);

/* The block in use with the lowest address from there on, or NULL. */
const struct model_block *model_first_from(const uint8_t *from);

/* Forget all blocks: the heap is empty again. */
void model_forget(void);

/*
 * Forget a block whose contents have been checked.  The last one takes its
 * place, so a loop that gives back some of model.blocks goes downwards.
 */
void model_remove(size_t index);

#endif
