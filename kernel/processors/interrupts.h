/*
 * The interrupt path of the timer: local APIC, gate, interrupts.asm, a function in C.
 * For tests and shows; start-up needs no interrupts.
 */
#ifndef PROCESSORS_INTERRUPTS_H
#define PROCESSORS_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Let this processor accept interrupts from its local APIC, when they are on
 * (machine_interrupts_set).  Returns NULL, or why there can be none.
 */
const char *interrupts_init(void);

/*
 * Call the handler in so many ticks of the local APIC's timer, or with `again` every
 * so many, on this processor, in place of whatever runs then.  Interrupts are off
 * while it runs, and it may use no more than what the interrupted code has left of
 * its stack.
 */
void interrupts_timer_start(void (*handler)(void), uint32_t ticks, bool again);
void interrupts_timer_stop(void);

/* Whether the timer has struck since its start, even if nobody heard it yet. */
bool interrupts_timer_has_struck(void);

#endif
