/*
 * What ACPI's tables say about the way of the timer's interrupt (ACPI 6.5, 5.2).
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
	uint8_t processor; /* the boot processor's APIC number */
};

/*
 * Find the route in the tables that the RSDP at physical address `root` leads to.
 * `read` copies physical memory, or is false where there can be none.
 *
 * Returns NULL, or why there is no route, as half a sentence.
 */
const char *acpi_timer_route(struct timer_route *route, uint64_t root,
			     bool (*read)(uint64_t physical, void *to,
					  size_t size));

#endif
