/*
 * What the kernel's start-up gives to guest/isolate_unwind.c.
 */
#ifndef GUEST_ISOLATE_UNWIND_H
#define GUEST_ISOLATE_UNWIND_H

#include <stdbool.h>

#include "boot_info.h"

/*
 * Set memory aside for the tests, and remember the pieces' variables.  With `stay` an
 * exception or a hang ends only the test, and the boot goes on with the next one: for
 * submissions that crash in test after test, which would take a boot each.
 */
void isolate_init(const struct boot_info *info, bool stay);

/* What isolate_init was given. */
const struct boot_info *isolate_boot_info(void);

/* The end of the heap that the running test has, or may map. */
uint64_t isolate_heap_end(void);

#endif
