/*
 * The heap region: which pages the kernel's heap lives in, and making them
 * usable.  Lab 3 writes init_heap.
 */
#ifndef MEMORY_HEAP_H
#define MEMORY_HEAP_H

#include "memory/frame_source.h"
#include "memory/mapper.h"

/* An arbitrary address that is easy to recognise in a debugger. */
#define HEAP_START 0x444444440000ull
/* make qemu HEAP_SIZE=... sets another one. */
#ifndef HEAP_SIZE
#define HEAP_SIZE (100 * 1024ull)
#endif

_Static_assert(HEAP_START % PAGE_SIZE == 0 && HEAP_SIZE % PAGE_SIZE == 0,
	       "the heap is made of whole pages");

/*
 * Map the pages of [HEAP_START, HEAP_START + HEAP_SIZE), each to a frame of
 * its own, readable and writable for the kernel, closed to user programs, and not
 * executable.
 *
 * Returns MAP_OK, or the error of a page that could not be mapped
 * (FRAME_ALLOCATION_FAILED also when the page's own frame is missing).  On an
 * error every page that this call mapped is unmapped again, and then its frame
 * given back; pages that were mapped before are left alone, wherever they lie, and
 * page tables that were added stay with the mapper.  Nothing is remembered from one
 * call to the next.
 */
__attribute__((warn_unused_result)) enum map_result
init_heap(const struct mapper *mapper, struct frame_source *frames);

#endif
