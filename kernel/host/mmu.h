/*
 * The model of the processor's memory management unit: what the machine's doors
 * tell it.  What tests ask it is in test/probe.h.
 */
#ifndef HOST_MMU_H
#define HOST_MMU_H

#include "memory/page.h"

/* The processor forgets one translation, or all of them. */
void mmu_flush_page(struct page page);
void mmu_flush_all(void);

#endif
