/*
 * Letters on a linear framebuffer, for screen.c: the graphic screen that UEFI
 * leaves, where it has no text screen.
 */
#ifndef SCREEN_FRAMEBUFFER_H
#define SCREEN_FRAMEBUFFER_H

#include <stdbool.h>

#include "boot_info.h"

/* How many letters fit there. */
unsigned framebuffer_rows(const struct framebuffer *framebuffer);
unsigned framebuffer_columns(const struct framebuffer *framebuffer);

/*
 * Map it and make it black; false if there is none, if a pixel does not have 32
 * bits, or if its numbers cannot be right.
 */
bool framebuffer_init(const struct framebuffer *framebuffer);

/* Draw a letter over what is there; row and column must be on the screen. */
void framebuffer_draw(unsigned row, unsigned column, char letter);

#endif
