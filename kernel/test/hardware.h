/*
 * What only the machine itself has.  For tests that have asked for it with
 * test_needs_hardware; a host has none of it.
 */
#ifndef TEST_HARDWARE_H
#define TEST_HARDWARE_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"

/* What the boot loader says of this machine; NULL on a host. */
const struct boot_info *hardware_boot_info(void);

/*
 * A clock that counts the machine's work: instructions, where QEMU runs with
 * -icount, and in a unit of its own.  0 on a host.
 */
uint64_t hardware_clock(void);

/*
 * The second processor, for labs whose api says `processors: 2`, calls the function, with
 * interrupts off and this test's address space; a check that fails there ends the boot.
 * Fails the test if there is none.  hardware_second_wait returns when the function has.
 */
void hardware_second_start(void (*function)(void));
void hardware_second_wait(void);

/*
 * The timer's interrupt calls the handler after that many ticks of 16 ns (in QEMU with
 * -icount, eight are an instruction), once, or again and again; on the first processor,
 * in place of what runs there, with interrupts off.  The handler may end the test.
 */
void hardware_timer_start(void (*handler)(void), uint32_t ticks, bool again);
void hardware_timer_stop(void);

/* Whether the timer has struck since its start, even with interrupts off. */
bool hardware_timer_has_struck(void);

#endif
