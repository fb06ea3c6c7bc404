/*
 * What the kernel's start-up gives to guest/isolate_unwind.c.
 */
#ifndef GUEST_ISOLATE_UNWIND_H
#define GUEST_ISOLATE_UNWIND_H

#include "boot_info.h"

/* Set memory aside for the tests, and remember the pieces' variables. */
void isolate_init(const struct boot_info *info);

#endif
