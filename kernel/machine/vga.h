/*
 * The VGA text screen of 80 by 25 characters.
 */
#ifndef MACHINE_VGA_H
#define MACHINE_VGA_H

/* Clear the screen; write with scrolling. */
void vga_init(void);
void vga_write(char byte);

#endif
