/*
 * The page mapper: connects pages to frames by editing the page tables below
 * one root.  Lab 2 writes it; the heap region (lab 3) and the tests call it.
 *
 * A mapper never looks at the machine's active root: the same functions edit
 * tables that are in use and tables that are not.  What a call costs is up to the
 * mapper, within the bounds of machine.h.  Nothing is remembered from one call to the
 * next: each may have another mapper and another frame source.
 *
 * A page may lie in either half of the address space.  An entry that is not present
 * means nothing, whatever its other bits are.  No byte is written outside of the
 * tables, and none in a frame once it has been given back.  Roots may share tables.
 */
#ifndef MEMORY_MAPPER_H
#define MEMORY_MAPPER_H

#include <stdbool.h>
#include <stdint.h>

#include "memory/frame_source.h"
#include "memory/page.h"
#include "memory/page_table.h"

struct mapper {
	struct frame root; /* the level 4 table */
};

enum map_result {
	MAP_OK,
	FRAME_ALLOCATION_FAILED, /* no frame for a new page table */
	PARENT_ENTRY_HUGE_PAGE, /* a 2 MiB or 1 GiB page covers the page */
	PAGE_ALREADY_MAPPED,
	PAGE_NOT_MAPPED,
};

/* The result's name as it is written in C, for messages. */
const char *map_result_name(enum map_result result);

/*
 * Map the page to the frame.
 *
 * flags are the PTE_ bits of the level 1 entry besides PTE_PRESENT, which is
 * always set.  Page tables that are missing on the way are taken from frames,
 * and every entry that leads to a table carries PTE_PRESENT and PTE_WRITABLE,
 * PTE_USER when flags has it, and never PTE_NO_EXECUTE: what is forbidden is
 * stated in the last entry only.  A table that is linked is all zeroes before
 * the processor can see it.  The level 1 entry holds the frame, PTE_PRESENT and
 * flags, and nothing else.
 *
 * Returns MAP_OK, FRAME_ALLOCATION_FAILED, PARENT_ENTRY_HUGE_PAGE or
 * PAGE_ALREADY_MAPPED.  On an error no entry has changed and every frame that
 * was taken is given back; no entry leads to it then.  Constant time: four levels.
 *
 * The page was not mapped, so there is nothing to flush (Intel SDM 3A,
 * 4.10.2.3: the TLB holds no translation through an entry that is not present).
 */
__attribute__((warn_unused_result)) enum map_result
map_to(const struct mapper *mapper, struct page page, struct frame frame,
       uint64_t flags, struct frame_source *frames);

/*
 * Remove the mapping of the page and flush it from the TLB.
 *
 * Through *frame the caller gets the frame that was mapped, and owns it now.
 * Tables that become empty stay where they are: they belong to the mapper.
 *
 * Returns MAP_OK, PAGE_NOT_MAPPED, or PARENT_ENTRY_HUGE_PAGE when the page lies
 * inside a huge page; on an error nothing has changed, *frame included.
 */
__attribute__((warn_unused_result)) enum map_result
unmap(const struct mapper *mapper, struct page page, struct frame *frame);

/* What a virtual address means. */
struct translation {
	bool mapped;
	uint64_t address; /* physical; 0 when not mapped */
	uint64_t page_size; /* of 4 KiB, 2 MiB or 1 GiB; 0 when not mapped */
};

/*
 * Find the physical address behind any 64-bit virtual address, through pages
 * of 4 KiB, 2 MiB and 1 GiB.  An address that is not canonical is not mapped.
 */
struct translation translate(const struct mapper *mapper, uint64_t address);

#endif
