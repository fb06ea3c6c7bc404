/*
 * Touch a virtual address the way a program would, and survive it.  The kernel
 * does it and catches the page fault; the host asks its model of the processor
 * (tables, permission bits, and a TLB that keeps what was not flushed).
 */
#ifndef TEST_PROBE_H
#define TEST_PROBE_H

#include <stdbool.h>
#include <stdint.h>

/* True when the access worked; false when it raised a page fault. */
bool probe_read(uint64_t address, uint64_t *value);
bool probe_write(uint64_t address, uint64_t value);

/* Calls the address; the memory there must hold a return instruction, 0xc3. */
bool probe_execute(uint64_t address);

#endif
