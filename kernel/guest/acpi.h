/*
 * What ACPI's tables say about processors, and the route of the timer's interrupt to
 * the first of them (ACPI 6.5, 5.2).
 * Firmware wrote them, and some firmware wrote nonsense: nothing is trusted.
 */
#ifndef GUEST_ACPI_H
#define GUEST_ACPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From ISA interrupt 0, the timer, through an I/O APIC to this processor. */
struct timer_route {
	uint64_t io_apic; /* physical address of its registers */
	uint8_t pin; /* the input that the timer is wired to */
	uint8_t processor; /* the boot processor's APIC ID */
};

/*
 * Find the route in the tables that the RSDP at physical address `root` leads to.
 * `read` copies physical memory, or returns false where there can be none.
 *
 * Returns NULL, or why there is no route, as half a sentence.
 */
const char *acpi_timer_route(struct timer_route *route, uint64_t root,
			     bool (*read)(uint64_t physical, void *to,
					  size_t size));

/*
 * The APIC ID of an enabled processor, in the order of the list: number 0 is the
 * boot processor (5.2.12.1).  False if there are not that many.
 */
bool acpi_processor(unsigned number, uint8_t *apic, uint64_t root,
		    bool (*read)(uint64_t physical, void *to, size_t size));

#endif
