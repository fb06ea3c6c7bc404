/*
 * What the finished kernel can do: box, vector and reference count on the heap.
 */
#ifndef SHOWCASE_H
#define SHOWCASE_H

#include "boot_info.h"

/* Build the heap on this machine's memory, use it, and print what happened. */
void showcase_run(const struct boot_info *info);

#endif
