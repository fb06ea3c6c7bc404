/*
 * The processor's descriptor tables: segments, the task state with the
 * handlers' stacks, and the interrupt table.
 */
#ifndef MACHINE_DESCRIPTORS_H
#define MACHINE_DESCRIPTORS_H

#define SELECTOR_CODE 0x08
#define SELECTOR_DATA 0x10
#define SELECTOR_TASK_STATE 0x18

/* Load GDT, TSS and IDT; from here on every exception is reported. */
void descriptors_init(void);

#endif
