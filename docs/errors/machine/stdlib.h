/*
 * As much of <stdlib.h> as the programs beside need, on the kernel's allocator, which
 * wants to be told the size when a block is freed.
 */
#ifndef ERRORS_STDLIB_H
#define ERRORS_STDLIB_H

#include <stddef.h>

void *malloc(size_t size);
void *realloc(void *memory, size_t size);
void free(void *memory);

#endif
