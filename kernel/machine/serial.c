#include "machine/serial.h"

#include "machine/cpu.h"

/* Registers of a 16550, as offsets from its first port (PC16550D, table 2). */
enum {
	DATA = 0, /* or the divisor's low byte */
	INTERRUPT_ENABLE = 1, /* or the divisor's high byte */
	FIFO_CONTROL = 2,
	LINE_CONTROL = 3,
	LINE_STATUS = 5,
};

#define EIGHT_BITS 0x03
#define DIVISOR_ACCESS 0x80
#define DIVISOR_115200_BAUD 1
#define FIFO_ENABLE_AND_CLEAR 0x07
#define TRANSMITTER_EMPTY 0x20
/* A port without a device answers with all ones, and never says it is busy. */

void serial_init(enum serial_port port)
{
	cpu_out8(port + INTERRUPT_ENABLE, 0);
	cpu_out8(port + LINE_CONTROL, DIVISOR_ACCESS);
	cpu_out8(port + DATA, DIVISOR_115200_BAUD);
	cpu_out8(port + INTERRUPT_ENABLE, 0);
	cpu_out8(port + LINE_CONTROL, EIGHT_BITS);
	cpu_out8(port + FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
}

void serial_write(enum serial_port port, char byte)
{
	while (!(cpu_in8(port + LINE_STATUS) & TRANSMITTER_EMPTY))
		;
	cpu_out8(port + DATA, (uint8_t)byte);
}
