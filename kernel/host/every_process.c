/*
 * The doors of machine.h that are the same in every process on the host: that of
 * the tests and, in a judged run, the player.
 */
#include "machine.h"

#include "lib/string.h"
#include "processors/race.h"

/* The host has no kernel in the upper half: all of the table is empty. */
void machine_make_root(struct frame root)
{
	memset(machine_frame_memory(root), 0, PAGE_SIZE);
}

/* Nothing interrupts a process: only the last setting is remembered. */
static bool interrupts_on;

bool machine_interrupts_off(void)
{
	bool were_on = interrupts_on;

	interrupts_on = false;
	return were_on;
}

void machine_interrupts_set(bool on)
{
	interrupts_on = on;
}

/* A process has one processor as far as the doors are concerned. */
unsigned processor_number_here(void)
{
	return 0;
}
