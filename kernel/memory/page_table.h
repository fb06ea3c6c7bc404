/*
 * Page tables as the processor reads them.  Whoever walks or builds page
 * tables includes this header; nobody else shifts or masks entries.
 *
 * Intel SDM volume 3A, section 4.5.  A virtual address of 48 bits is cut into
 * four indices of 9 bits and an offset:
 *
 *   63 ...... 48  47 .. 39  38 .. 30  29 .. 21  20 .. 12  11 .. 0
 *   copies of 47  level 4   level 3   level 2   level 1   offset
 */
#ifndef MEMORY_PAGE_TABLE_H
#define MEMORY_PAGE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "memory/page.h"

#define PAGE_TABLE_ENTRIES 512
#define PAGE_TABLE_LEVELS 4

/*
 * An entry, Intel SDM volume 3A, tables 4-15 to 4-20:
 *
 *   63   62..52   51 .......... 12   11..9   8   7       6  5   4   3   2  1  0
 *   NX   free     frame address      free    G   PS/PAT  D  A  PCD PWT  U  W  P
 *
 * Bit 7 is PS (this entry maps a huge page) in levels 2 and 3, PAT in level 1.
 * In an entry that maps a huge page, bit 12 is PAT and the address begins at
 * bit 21 (2 MiB) or 30 (1 GiB).
 */
#define PTE_PRESENT (1ull << 0)
#define PTE_WRITABLE (1ull << 1)
#define PTE_USER (1ull << 2)
#define PTE_WRITE_THROUGH (1ull << 3)
#define PTE_CACHE_DISABLE (1ull << 4)
#define PTE_ACCESSED (1ull << 5)
#define PTE_DIRTY (1ull << 6)
#define PTE_HUGE (1ull << 7)
#define PTE_GLOBAL (1ull << 8)
#define PTE_NO_EXECUTE (1ull << 63)

#define PTE_ADDRESS_MASK_4KIB 0x000ffffffffff000ull
#define PTE_ADDRESS_MASK_2MIB 0x000fffffffe00000ull
#define PTE_ADDRESS_MASK_1GIB 0x000fffffc0000000ull

_Static_assert((PTE_ADDRESS_MASK_4KIB & (PTE_NO_EXECUTE | 0xfff)) == 0,
	       "flags must not overlap the address");

struct page_table {
	uint64_t entries[PAGE_TABLE_ENTRIES];
};

_Static_assert(sizeof(struct page_table) == PAGE_SIZE,
	       "a page table fills one frame");

/* The index into the table of that level (4 is the root, 1 the last). */
static inline unsigned page_table_index(uint64_t address, unsigned level)
{
	return address >> (12 + 9 * (level - 1)) & (PAGE_TABLE_ENTRIES - 1);
}

/* How many bytes of virtual addresses one entry of that level spans. */
static inline uint64_t page_table_span(unsigned level)
{
	return PAGE_SIZE << 9 * (level - 1);
}

/* Whether bits 63 to 47 are all equal; no other address can be mapped. */
static inline bool address_is_canonical(uint64_t address)
{
	return address < 0x0000800000000000ull ||
	       address >= 0xffff800000000000ull;
}

static inline bool pte_is_present(uint64_t entry)
{
	return entry & PTE_PRESENT;
}

static inline bool pte_is_huge(uint64_t entry)
{
	return entry & PTE_HUGE;
}

/* The frame that an entry names: a table, or a page of 4 KiB. */
static inline struct frame pte_frame(uint64_t entry)
{
	return (struct frame){ entry & PTE_ADDRESS_MASK_4KIB };
}

/* An entry for that frame; flags are PTE_ bits, PTE_PRESENT among them. */
static inline uint64_t pte_make(struct frame frame, uint64_t flags)
{
	return frame.start | flags;
}

#endif
