/*
 * The allocator interface: memory by the byte, out of one region.
 *
 * There is one global allocator.  Which one is decided when the kernel is
 * linked: labs 4, 5, 6 and 10 each write these three functions.
 * Whoever frees or resizes a block says its layout again, so that an allocator
 * need not store it.
 *
 * What a call costs is up to the allocator, within the bounds of machine.h: each
 * lab says what its own takes.  None of them is called from an interrupt
 * handler, or from two places at once, before lab 9.
 *
 * There is no limit on how large a heap or a block is, how many blocks are in use,
 * or how many pieces of the heap are free.
 */
#ifndef MEMORY_ALLOCATOR_H
#define MEMORY_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

/* The shape of a block: size in bytes, align a power of two. */
struct layout {
	size_t size;
	size_t align;
};

#define LAYOUT_OF(type) ((struct layout){ sizeof(type), _Alignof(type) })

/* Panics unless the layout's align is a power of two: the caller's bug. */
void layout_check(struct layout layout);

/*
 * Start over with an empty heap in [start, start + size), which the caller has
 * made readable and writable and leaves alone from here on, except for the blocks
 * that it takes.  What the bytes hold is undefined.  Any start and any size are
 * accepted as long as start + size does not overflow: a start that is a multiple
 * of nothing, and a size that is too small for a single block, or 0; every alloc
 * gives NULL then.  Nothing outside of [start, start + size) is touched.
 *
 * It may be called again, for the same memory or for other memory.  The blocks from
 * before are gone then: nobody may use them, and giving one back is the
 * caller's bug.  Nothing else is left of the heap from before, either.
 */
void allocator_init(void *start, size_t size);

/*
 * A block of layout.size bytes at a multiple of layout.align, which no other
 * block in use overlaps; its contents are undefined.
 *
 * NULL when layout.size is 0 or when there is no such block, however large size
 * and align are; the heap is unchanged then, however often that happens.  Before all
 * else, whatever the size and however full the heap is, it panics through
 * layout_check.
 */
void *alloc(struct layout layout);

/*
 * Take back a block that alloc returned for this very layout, and that is in use:
 * anything else is the caller's bug, which an allocator may notice but need not.
 * Afterwards its bytes belong to the allocator.  When they can be had again is where
 * the designs differ: each lab says it for its own.
 */
void dealloc(void *block, struct layout layout);

/*
 * The rest is built on alloc and dealloc, whichever these are.  Lab 4 writes it;
 * the kernels of other labs have it from there.
 */

/*
 * Like alloc, but every byte of the block is zero.  NULL where alloc gives NULL.
 */
void *alloc_zeroed(struct layout layout);

/*
 * Move a block's contents to one of new_size bytes and the same align, as much
 * as fits in both, and free the old one.  C and Rust call this realloc; on the
 * host that name belongs to the C library.  The new block may begin where the
 * old one did.
 *
 * NULL when there is no such block; the old one is unchanged and in use then.
 * A new_size of 0 gives NULL likewise.
 */
void *alloc_resized(void *block, struct layout layout, size_t new_size);

/* What an allocation error says, as a format for size and align. */
#define ALLOCATION_ERROR "allocation error: Layout { size: %zu, align: %zu }"

/*
 * For callers that cannot go on without the memory: panics with the message
 * "allocation error: Layout { size: 4, align: 4 }".
 */
_Noreturn void alloc_error_handler(struct layout layout);

#endif
