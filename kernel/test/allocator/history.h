/*
 * The last calls that a test has made through the model: what it shows when it fails,
 * even by a crash or a hang inside one.
 */
#ifndef TEST_ALLOCATOR_HISTORY_H
#define TEST_ALLOCATOR_HISTORY_H

#include "memory/allocator.h"

/* A heap begins; its calls are shown from now on if the test fails. */
void history_begin(void);

/* That call is made now; and alloc or alloc_resized has returned this. */
void history_alloc(struct layout layout);
void history_resized(const void *memory, struct layout layout, size_t new_size);
void history_returned(const void *memory);
void history_dealloc(const void *memory, struct layout layout);

/*
 * Show the model's heap as a line of what is used and free.  Nothing if that is more
 * than a few blocks.
 */
void history_show_heap(void);

#endif
