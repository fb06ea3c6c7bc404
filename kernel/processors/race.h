/*
 * What a test does at a door of processors.h: it may let another processor or an
 * interrupt step in first.  Outside of such a test, doors lead straight to the machine.
 */
#ifndef PROCESSORS_RACE_H
#define PROCESSORS_RACE_H

#include <stdbool.h>
#include <stdint.h>

enum race_door {
	RACE_EXCHANGE,
	RACE_ADD,
	RACE_COMPARE_EXCHANGE,
	RACE_LOAD,
	RACE_STORE,
	RACE_PAUSE,
	RACE_NUMBER,
	RACE_INTERRUPTS_OFF,
	RACE_INTERRUPTS_SET,
};

/*
 * True if a test plays the processors, and has done all that the door does: *result is
 * what it returns.  False if there is no such test: then it is the machine's to do.
 */
bool race_takes(enum race_door door, uint32_t *word, uint32_t expected,
		uint32_t value, uint32_t *result);

/* The machine's own answer to processor_number, when no test plays the processors. */
unsigned processor_number_here(void);

#endif
