/*
 * The kernel's two consoles: serial lines (16550) and the VGA text screen.
 */
#ifndef MACHINE_CONSOLE_H
#define MACHINE_CONSOLE_H

#include <stdint.h>

enum serial_port {
	SERIAL_TRANSCRIPT = 0x3f8, /* COM1 */
	SERIAL_DEBUG = 0x2f8, /* COM2 */
};

/* 115200 baud, 8 data bits, no parity, no interrupts. */
void serial_init(enum serial_port port);
void serial_write(enum serial_port port, char byte);

/* Clear the screen of 80 by 25 characters; write with scrolling. */
void vga_init(void);
void vga_write(char byte);

#endif
