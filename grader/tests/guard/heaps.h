/*
 * What a program of grader/tests/guard stands on: one of four heaps, chosen when it
 * is linked.
 */
#ifndef GRADER_TESTS_GUARD_HEAPS_H
#define GRADER_TESTS_GUARD_HEAPS_H

#include "8-guard/guard.h"

/* Before all else; and at the end, for a heap that then tells what it has found. */
void heap_begin(void);
void heap_end(void);

void *heap_take(struct layout layout, struct guard_site site);
void heap_give(void *block, struct layout layout, struct guard_site site);

#define TAKE(size) heap_take((struct layout){ size, 8 }, GUARD_HERE)
#define GIVE(block, size) heap_give(block, (struct layout){ size, 8 }, GUARD_HERE)

#endif
