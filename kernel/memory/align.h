/*
 * Rounding addresses to an alignment.  Lab 0 writes it; the allocators use it.
 */
#ifndef MEMORY_ALIGN_H
#define MEMORY_ALIGN_H

#include <stdint.h>

/* The largest multiple of align, a power of two, that is not above address. */
uint64_t align_down(uint64_t address, uint64_t align);

/*
 * The smallest multiple of align, a power of two, that is not below address.
 * The caller knows that one exists: address <= UINT64_MAX - (align - 1).
 */
uint64_t align_up(uint64_t address, uint64_t align);

#endif
