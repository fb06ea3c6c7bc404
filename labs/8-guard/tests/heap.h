/*
 * What the tests know of a guarded heap: which blocks are in use and which are in
 * quarantine, and what the guard must say of each.  Every block is filled with bytes
 * made from its number, and looked at again when it is given back.
 */
#ifndef LABS_8_GUARD_TESTS_HEAP_H
#define LABS_8_GUARD_TESTS_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "8-guard/guard.h"
#include "test/test.h"

#define HEAP_BLOCKS 640
#define HEAP_FREED 64

struct block {
	uint8_t *start;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	bool is_freed;
	uint64_t number; /* its serial number in this heap, from 1 */
};

struct heap {
	uint8_t *start;
	size_t size;
	struct block used[HEAP_BLOCKS];
	size_t count;
	struct block freed[HEAP_FREED]; /* the oldest first */
	size_t freed_count;
	size_t freed_bytes;
	bool is_stuck; /* no block leaves the quarantine */
	bool forgets; /* what was freed is not kept here: it may be out of quarantine */
	bool looks_at_fresh; /* heap_take does */
	uint64_t next_number;
};

/* The one heap.  Tests read it; the functions below write it. */
extern struct heap heap;

/* ---- A heap to begin with ------------------------------------------------ */

/*
 * A guarded heap of that size, empty; or in all of a fresh test_heap(), with which a
 * test begins, and where it may begin again.
 */
void heap_begin_in(uint8_t *start, size_t size);
void heap_begin(void);
void heap_begin_again(void);

/* ---- Taking and giving blocks -------------------------------------------- */

/* Take a block, if there is one: the last of heap.used then; or where there is. */
bool heap_try_take(size_t size, size_t align);
struct block *heap_take(size_t size, size_t align);

/* The same, and say from where. */
bool heap_try_take_at(size_t size, size_t align, struct guard_site site);

/*
 * Give the block at that index of heap.used back, which must be reported as
 * nothing; heap.freed has it afterwards, unless it has left.  The last block of
 * heap.used takes its place.
 */
void heap_give(size_t index);
void heap_give_any(void);
void heap_give_all(void);

/* The same in the model alone: the test has made the call. */
void heap_given(size_t index, struct guard_site site);

/* Blocks of random sizes: so many in use, so many in quarantine. */
void heap_fill(size_t used, size_t freed);

/* ---- What must be true ----------------------------------------------------- */

/* What every block holds; and that guard_check finds nothing. */
void heap_check_contents(void);
void heap_check(void);

/* What the guard must say of a block. */
struct guard_report heap_report(const struct block *block,
				enum guard_finding what, int64_t offset);

/* By what it says of a block that is freed wrongly: the guard knows it still. */
void heap_check_known(const struct rule *rule, const struct block *block);
void heap_check_all_known(const struct rule *rule);

/* What is in quarantine is not known any more: there was no room. */
void heap_forget_quarantine(void);

/* Change a byte, to one that is not there. */
void heap_spoil(uint8_t *byte);

#endif
