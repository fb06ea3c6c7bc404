/*
 * Memory for the tests, before anything hands out frames.
 */
#ifndef GUEST_FIND_FREE_H
#define GUEST_FIND_FREE_H

#include "boot_info.h"

/*
 * The highest range of `size` bytes (whole pages) that lies in a usable area
 * and below `limit`, overlaps no used range, and begins on a page boundary, but
 * not at 0.  A range with start 0 when there is none.
 */
struct physical_range find_free(const struct boot_info *info, uint64_t size,
				uint64_t limit);

#endif
