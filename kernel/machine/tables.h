/*
 * The kernel's own page tables: the upper half of every address space, as
 * layout.h draws it.
 */
#ifndef MACHINE_TABLES_H
#define MACHINE_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boot_info.h"
#include "memory/page.h"

/*
 * RAM above this is not mapped and must not be handed out.  The pool of tables
 * in tables.c is sized for it.
 */
#define DIRECT_MAP_SIZE (64 * PAGE_SIZE_1GIB)

/* Build the tables for this machine and use them. */
void tables_init(const struct boot_info *info);

/*
 * Show a device's registers or memory, uncached.  NULL if the processor has no
 * such addresses, if memory lies there, or if no device is that large.
 */
#define DEVICE_SIZE_LIMIT (PAGE_SIZE_1GIB / 4)
volatile void *tables_map_device(uint64_t physical, uint64_t size);

/*
 * Copy from physical memory that the direct map need not show, for tables of the
 * firmware.  False, and nothing copied, if the processor has no such addresses.
 */
bool tables_read(uint64_t physical, void *to, size_t size);

/* The root that has an upper half only. */
struct frame tables_root(void);

/* Whether the direct map shows memory at that physical address. */
bool tables_show(uint64_t physical);

/* The same for all of a range; takes time in proportion to its length. */
bool tables_show_all(struct physical_range range);

#endif
