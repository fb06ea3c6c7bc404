/*
 * The kernel's side of test/probe.h: an access that is allowed to fault.
 */
#ifndef GUEST_PROBE_FAULT_H
#define GUEST_PROBE_FAULT_H

#include <stdbool.h>

#include "machine/exceptions.h"

/*
 * If a probe raised this page fault, make the frame return from the probe with
 * false, and return true.
 */
bool probe_recover(struct exception_frame *frame);

#endif
