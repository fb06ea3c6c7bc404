/*
 * Made-up memory maps, and what they say about a frame.  A map is a boot_info of
 * which only areas and used ranges matter.
 *
 * In a table of maps the addresses may count from 0, and the entries end at the
 * first empty one; map_copy makes a whole boot_info of it.
 */
#ifndef LABS_1_FRAMES_TESTS_MAP_H
#define LABS_1_FRAMES_TESTS_MAP_H

#include <stdbool.h>

#include "boot_info.h"
#include "memory/page.h"

/*
 * Addresses without memory on any machine of ours: above the kernel's direct
 * map.  An allocator that touches a frame which nobody has had panics here.
 */
#define MAP_NO_MEMORY 0x4000000000ull

/* Copy a map of such a table, with `base` added to every address. */
void map_copy(struct boot_info *to, const struct boot_info *from, uint64_t base);

/* Add an area or used range above all others; only as many as there is room. */
void map_add_area(struct boot_info *map, uint64_t start, uint64_t end,
		  enum memory_type type);
void map_add_used(struct boot_info *map, uint64_t start, uint64_t end);

/* Whether the frame that begins there may be handed out, by the contract. */
bool map_frame_is_free(const struct boot_info *map, uint64_t start);

/*
 * What the map says about the neighbourhood of a frame, as a line of text; where that is
 * nothing, also where its first area lies.
 */
const char *map_near(const struct boot_info *map, uint64_t start);

#endif
