/*
 * The memory map, made fit for use.  Firmware writes maps that overlap, come in
 * any order and hold empty entries; what boot_info.h promises does none of it.
 * For the parser of the boot information only.
 */
#ifndef MEMORY_MAP_H
#define MEMORY_MAP_H

#include "boot_info.h"
#include "multiboot2.h"

/* More entries than this are taken for nonsense; about ten are usual. */
#define MEMORY_MAP_ENTRIES 1024

/*
 * Fill info's areas, of which there must be none yet, from a memory map tag.
 * Takes time proportional to the square of the number of entries.
 *
 * Returns NULL, or one sentence that says what is wrong with the tag; then
 * there are still no areas.
 */
const char *memory_map_read(struct boot_info *info, struct multiboot_part tag);

#endif
