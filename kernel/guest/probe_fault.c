#include "guest/probe_fault.h"

#include "machine/stacks.h"
#include "test/probe.h"

/* Places in probe_access.asm. */
extern char probe_access_start[], probe_access_end[], probe_executed[],
	probe_failed[];

/*
 * A fetch that faults has left the probe's code already; what tells it apart is
 * that its return address, on top of the stack, is the probe's.
 */
static bool is_fetch_of_probe(const struct exception_frame *frame)
{
	return frame->error_code & PAGE_FAULT_FETCH &&
	       stack_contains(frame->rsp, sizeof(uint64_t)) &&
	       *(uint64_t *)frame->rsp == (uint64_t)probe_executed;
}

bool probe_recover(struct exception_frame *frame)
{
	if (is_fetch_of_probe(frame))
		frame->rsp += sizeof(uint64_t);
	else if (frame->rip < (uint64_t)probe_access_start ||
		 frame->rip >= (uint64_t)probe_access_end)
		return false;
	frame->rip = (uint64_t)probe_failed;
	return true;
}
