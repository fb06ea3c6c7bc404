/*
 * The local APIC: each processor's own interrupt controller, with a timer in it, and
 * the way by which one processor interrupts another.  Intel SDM 3A, chapter "Advanced
 * Programmable Interrupt Controller (APIC)"; sections are named by their titles.
 */
#ifndef PROCESSORS_LOCAL_APIC_H
#define PROCESSORS_LOCAL_APIC_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Find the registers, which all processors see at the same address, and map them.
 * Needs tables_init.  Returns NULL, or why they cannot be used, as half a sentence.
 */
const char *local_apic_init(void);

/* Accept interrupts on this processor; one that nobody wants arrives as that vector. */
void local_apic_enable(uint8_t spurious_vector);

/* The interrupt that is being handled is done, and the next one may come. */
void local_apic_end_of_interrupt(void);

/*
 * Interrupt this processor with that vector when so many ticks have gone by; at most
 * once, or with `again`, every time.  A tick is 16 cycles of the bus; 16 ns in QEMU.
 */
void local_apic_timer_start(uint8_t vector, uint32_t ticks, bool again);
void local_apic_timer_stop(void);

/* Whether an interrupt with that vector waits until this processor accepts it. */
bool local_apic_is_requested(uint8_t vector);

/* What one processor can send to another. */
enum local_apic_message {
	MESSAGE_NMI = 4 << 8,
	MESSAGE_INIT = 5 << 8,
	MESSAGE_START_UP = 6 << 8, /* with the number of the page to start at */
};

/*
 * Send it to the processor with that APIC number, and wait until it has left.  Does
 * nothing before local_apic_init.
 */
void local_apic_send(uint8_t apic, enum local_apic_message message,
		     uint8_t page);

#endif
