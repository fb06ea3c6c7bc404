/*
 * The watchdog: ends a test in which a call hangs, even with interrupts off.
 *
 * The PC's timer (PIT) is wired to the I/O APIC, which can deliver it as a
 * non-maskable interrupt (NMI).  QEMU with -icount counts instructions for time, so
 * the watchdog stops the same loop at the same instruction every time.
 */
#ifndef GUEST_WATCHDOG_H
#define GUEST_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/exceptions.h"

/*
 * Begin to tick; needs tables_init.  Prints one line if the machine's timer
 * cannot do that: then hangs last for ever.  hung_before: a test has, in an earlier boot.
 */
void watchdog_init(uint64_t acpi_root, bool hung_before);

/*
 * A test begins, and has this much of the machine's time; a call in it has returned,
 * and the next one has a call's full time (with QEMU's -icount shift=7, an
 * instruction is 128 ns: MACHINE_CALL_INSTRUCTIONS).  Once a test has hung, a call has
 * an eighth, because somebody waits for every hang; a test's own work still has all of
 * it.  Disarm the watchdog.
 */
#define WATCHDOG_TEST_SECONDS 3600
#define WATCHDOG_CALL_SECONDS 8
#define WATCHDOG_LATER_CALL_SECONDS 1
void watchdog_start(void);
void watchdog_call_returned(void);
void watchdog_stop(void);

/*
 * On a non-maskable interrupt: false if it was not the timer's; otherwise true to
 * go on, or no return but a report of the hang, when the time is up.
 */
bool watchdog_tick(struct exception_frame *frame);

#endif
