/*
 * What the kernel's start-up gives to machine/isolate.c.
 */
#ifndef MACHINE_ISOLATE_H
#define MACHINE_ISOLATE_H

#include "boot_info.h"

/* Set memory aside for the tests, and remember the pieces' variables. */
void isolate_init(const struct boot_info *info);

#endif
