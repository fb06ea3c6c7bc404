/*
 * A heap of guard pages: each block ends where a page ends, and the next page is not
 * mapped.  So an overflow faults at the very instruction that is wrong, and so does
 * whatever uses a block that was freed.  The optional half of lab 8.
 *
 *     |  not mapped  |    fresh    [ the block ]fresh|  not mapped  |
 *     |              |         pages of its own      |              |
 *
 * It stands on the page mapper and on a frame source; no other heap is below it.  Its
 * only books are the page tables, which no overflow reaches.
 */
#ifndef LABS_8_GUARD_PAGES_H
#define LABS_8_GUARD_PAGES_H

#include "8-guard/guard.h"
#include "memory/frame_source.h"
#include "memory/mapper.h"

/* The addresses of this heap.  Nobody else maps a page there. */
#define PAGES_START 0x55555000000ull
#define PAGES_SIZE (16 * 1024 * 1024ull)
#define PAGES_END (PAGES_START + PAGES_SIZE)

/*
 * Start over with an empty heap: none of its pages is mapped.  From here on they are,
 * by that mapper and to frames of that source, which both stay the caller's.
 */
void pages_init(const struct mapper *mapper, struct frame_source *frames);

/*
 * A block like that of alloc (memory/allocator.h), on pages that are its alone, as few
 * as will do.  The page before them and the page behind them are not mapped.  The
 * block ends as near to the end of its last page as align permits; every byte of its
 * pages is GUARD_FRESH.  They are readable and writable for the kernel, closed to user
 * programs, and not executable.
 *
 * NULL also when align is above PAGE_SIZE, when too few pages in a row are not mapped,
 * or when there are not enough frames: those that were taken are given back then,
 * but for page tables, which stay with the mapper.
 *
 * Blocks lie behind each other, up to PAGES_END and then from PAGES_START again: an
 * address is used a second time only after all others were passed.
 */
void *pages_alloc(struct layout layout);

/*
 * Take back a block that pages_alloc returned for this very layout: its pages are
 * unmapped, and then their frames are given back to the source.
 *
 * Returns what is wrong, and changes nothing, if it is
 *
 *   GUARD_NEVER_ALLOCATED: no block is there, or none any more (a double free)
 *   GUARD_OTHER_LAYOUT: on the pages there, a block of that layout would begin
 *                       elsewhere (a free from inside, or of another size).  What
 *                       would begin at the pointer is believed: no more is known
 *
 * Otherwise GUARD_UNDERFLOW or GUARD_OVERFLOW, if a byte of its pages before or behind
 * it is no longer GUARD_FRESH, the former if both are; the block is taken back all
 * the same.
 */
enum guard_finding pages_dealloc(void *block, struct layout layout);

#endif
