/*
 * Traces that chance does not write: what programs did, and pairs of calls.
 */
#ifndef HEAP_PROGRAMS_H
#define HEAP_PROGRAMS_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Read a trace as record.c writes it, at most TRACE_CALLS of it.  False if that is
 * not what the file holds.
 */
bool program_read(FILE *file);

/*
 * Write one in which a block of 64 bytes is taken and given back, over and over: beside
 * blocks in use if `between`, else in a heap that is free but for it.
 */
void pairs_write(bool between);

/* The same past so many holes that are too small.  False if it cannot have so many. */
bool pairs_write_past(size_t holes);

#endif
