/*
 * The kernel's two serial lines (16550): one for the transcript, one for what
 * is shown but never compared.
 */
#ifndef MACHINE_SERIAL_H
#define MACHINE_SERIAL_H

enum serial_port {
	SERIAL_TRANSCRIPT = 0x3f8, /* COM1 */
	SERIAL_DEBUG = 0x2f8, /* COM2 */
};

/* 115200 baud, 8 data bits, no parity, no interrupts. */
void serial_init(enum serial_port port);
void serial_write(enum serial_port port, char byte);

#endif
