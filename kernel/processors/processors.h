/*
 * The doors to other processors: what a lock is made of.  For lab 9 and for the kernel's
 * own code; the same on the bare machine and on the host.
 *
 * A word is 32 bits at a multiple of 4.  One that several processors use is read and
 * written through these doors only, the first value before any of them apart: the
 * compiler and the processor may delay, repeat, merge and reorder every other access.
 *
 * In a test, a door is also the place where another processor or an interrupt may step
 * in (race.h).
 */
#ifndef PROCESSORS_PROCESSORS_H
#define PROCESSORS_PROCESSORS_H

#include <stdbool.h>
#include <stdint.h>

#define PROCESSORS_MAX 3

/*
 * Of each of these, no other processor comes between its read and its write, and all
 * processors see them in one order: "Locked Atomic Operations", Intel SDM volume 3A.
 * No access before it in the program is delayed behind it, none behind it is made before.
 *
 * Each returns what the word was before: exchange writes the value, add writes the sum,
 * modulo 2^32, and compare_exchange writes the value if the word was as expected.
 */
uint32_t processor_exchange(uint32_t *word, uint32_t value);
uint32_t processor_add(uint32_t *word, uint32_t value);
uint32_t processor_compare_exchange(uint32_t *word, uint32_t expected,
				    uint32_t value);

/*
 * Read a word (acquire): no access behind it in the program is made before it.  So who
 * reads what another processor stored sees all that it did before that store.
 */
uint32_t processor_load(const uint32_t *word);

/*
 * Write a word (release): no access before it in the program is delayed behind it.  But
 * a load behind it may be made before, as long as the store waits in this processor's
 * store buffer.
 */
void processor_store(uint32_t *word, uint32_t value);

/*
 * Called each time round a loop that waits for another processor: "PAUSE", Intel
 * SDM volume 2.  In a test, others go on here.
 */
void processor_pause(void);

/* The number of the processor that this runs on, below PROCESSORS_MAX. */
unsigned processor_number(void);

/*
 * Interrupts of this processor off; returns whether they were on, for
 * processor_interrupts_set.  Those of other processors are as they were.
 */
bool processor_interrupts_off(void);
void processor_interrupts_set(bool on);

#endif
