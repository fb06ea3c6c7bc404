/*
 * The screen: VGA text of 80 by 25 letters or, on machines that have none (UEFI),
 * what the boot loader's framebuffer has room for.
 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "boot_info.h"

/* Clear the VGA screen, which may not exist, and write there. */
void screen_init(void);

/*
 * Write to the framebuffer from now on, beginning with what was written until
 * now; needs tables_init.  Stays with VGA if there is none that we can draw on.
 */
void screen_use_framebuffer(const struct framebuffer *framebuffer);

/* Write one letter, or end the line ('\n'); the text scrolls. */
void screen_write(char byte);

/* Write nothing more, for the report of a fault that drawing may have raised. */
void screen_stop(void);

#endif
