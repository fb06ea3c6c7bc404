/*
 * The second processor: asleep until a test or a show gives it something to do.
 */
#ifndef PROCESSORS_SECOND_H
#define PROCESSORS_SECOND_H

#include <stdbool.h>

#include "boot_info.h"
#include "machine/exceptions.h"

/* Find it.  Returns NULL, or why there is none, as a sentence without its end. */
const char *second_init(const struct boot_info *info);

/*
 * Have it call the function, with interrupts off, a stack of its own, and the page
 * tables of the processor that asks; whatever it did before, it does no more.  Needs
 * second_init.  Returns NULL as soon as it is about to call, or why it does not.
 */
const char *second_start(void (*function)(void));

/* Whether that function has returned; what it wrote before is seen then. */
bool second_is_done(void);

/* Put it to sleep, in whatever it is. */
void second_park(void);

/*
 * From here on this processor runs alone, until second_park: for one that reports why
 * it cannot go on.  If both want to, one of them does not return.
 */
void second_stop_others(void);

/* Called at every exception: does not return when the other processor runs alone. */
void second_obey(const struct exception_frame *frame);

/* Show what the second processor did when it was stopped, if it did anything. */
void second_backtrace(void);

#endif
