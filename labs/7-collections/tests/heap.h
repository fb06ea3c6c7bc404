/*
 * The heap that a test of lab 7 works on, whose allocator is ours: what the
 * submission takes and gives back shows in it.  A wrong dealloc panics (beside.c).
 *
 *   HEAP_START                                          HEAP_START + HEAP_SIZE
 *     |  the allocator's                     | untouched page | scratch page |
 */
#ifndef LABS_7_COLLECTIONS_TESTS_HEAP_H
#define LABS_7_COLLECTIONS_TESTS_HEAP_H

#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

/*
 * An empty heap: every test begins with the first or the second, and may begin
 * again, with the last bytes only if it wants to.  The large one lies behind the
 * scratch page and ends where what is mapped does.
 */
void heap_begin(void);
void heap_begin_large(void);
void heap_begin_again(void);
void heap_begin_last(size_t size);

/*
 * Room for the values that go into a submission and come out of it, in the
 * scratch page, which judge and submission both see.
 */
#define HEAP_SCRATCH_BYTES 2048
extern unsigned char *const heap_scratch_in;
extern unsigned char *const heap_scratch_out;

/* Fails unless so many bytes from there are the allocator's. */
void heap_check_inside(const void *start, size_t size);

/* A block of the test's own, whose bytes nobody else may change. */
void heap_take_guard(size_t size);

/*
 * Take all that is left, but for one block of that layout (size 0: nothing is
 * left), so that requests are refused from here on; and give it back.
 */
void heap_exhaust(struct layout left);
void heap_relieve(void);

/*
 * The submission holds nothing any more: its blocks were given back with the
 * right layouts, the guards are unharmed, and the largest block of all is there.
 */
void heap_check_whole(void);

#endif
