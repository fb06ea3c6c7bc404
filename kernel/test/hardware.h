/*
 * What only the machine itself can tell.  For tests that have asked for it with
 * test_needs_hardware; a host knows neither.
 */
#ifndef TEST_HARDWARE_H
#define TEST_HARDWARE_H

#include <stdint.h>

#include "boot_info.h"

/* What the boot loader says of this machine; NULL on a host. */
const struct boot_info *hardware_boot_info(void);

/*
 * A clock that counts the machine's work: instructions, where QEMU runs with
 * -icount, and in a unit of its own.  0 on a host.
 */
uint64_t hardware_clock(void);

#endif
