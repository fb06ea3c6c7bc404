/*
 * Pages and frames: the two kinds of 4 KiB block that paging connects.
 *
 * A page is a block of virtual addresses, a frame a block of physical ones.
 * They are different types on purpose: passing one where the other belongs
 * does not compile.  Anyone may include this header.
 */
#ifndef MEMORY_PAGE_H
#define MEMORY_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_SIZE 4096ull
#define PAGE_SIZE_2MIB (512 * PAGE_SIZE)
#define PAGE_SIZE_1GIB (512 * PAGE_SIZE_2MIB)

/* A block of virtual addresses: start is a multiple of PAGE_SIZE. */
struct page {
	uint64_t start;
};

/* A block of physical addresses: start is a multiple of PAGE_SIZE. */
struct frame {
	uint64_t start;
};

/* The frame that is no frame: what a frame source without frames returns. */
#define NO_FRAME ((struct frame){ UINT64_MAX })

static inline bool frame_is_none(struct frame frame)
{
	return frame.start == UINT64_MAX;
}

/* The page that the virtual address lies in. */
static inline struct page page_containing(uint64_t address)
{
	return (struct page){ address & ~(PAGE_SIZE - 1) };
}

/* The frame that the physical address lies in. */
static inline struct frame frame_containing(uint64_t address)
{
	return (struct frame){ address & ~(PAGE_SIZE - 1) };
}

/* The first page boundary at or above the address; 0 if there is none. */
static inline uint64_t page_boundary_above(uint64_t address)
{
	return (address + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
}

#endif
