/*
 * The processors' descriptor tables: segments, a task state for each with its
 * handlers' stacks, and the interrupt table.
 */
#ifndef MACHINE_DESCRIPTORS_H
#define MACHINE_DESCRIPTORS_H

#include <stdint.h>

#define SELECTOR_CODE 0x08
#define SELECTOR_DATA 0x10
#define SELECTOR_TASK_STATE 0x18 /* the first processor's; the others' follow */

/* Vectors below EXCEPTION_COUNT are exceptions, the rest interrupts. */
#define VECTOR_COUNT 48

/* Load GDT, TSS and IDT; from here on this processor reports every exception. */
void descriptors_init(unsigned processor);

/* The number of the processor that asks, from its task state. */
unsigned descriptors_processor(void);

/* Where an interrupt enters the kernel: interrupts off, on the current stack. */
void descriptors_set_gate(unsigned vector, uint64_t entry);

#endif
