/*
 * The watchdog: ends a test that hangs, even with interrupts off.
 *
 * The PC's timer (PIT) is wired to the I/O APIC, which can deliver it as a
 * non-maskable interrupt.  QEMU with -icount counts instructions for time, so
 * the watchdog strikes the same loop at the same instruction every time.
 */
#ifndef MACHINE_WATCHDOG_H
#define MACHINE_WATCHDOG_H

#include <stdbool.h>

#include "machine/exceptions.h"

/* Begin to tick; needs the device window of the direct map. */
void watchdog_init(void);

/* Give whatever runs now WATCHDOG_SECONDS; stop minding it. */
#define WATCHDOG_SECONDS 30
void watchdog_start(void);
void watchdog_stop(void);

/*
 * On a non-maskable interrupt: true to go on; reports a hang and stops when the
 * time is over; false if the interrupt was not the watchdog's.
 */
bool watchdog_tick(const struct exception_frame *frame);

#endif
