#include "processors/interrupts.h"

#include <stddef.h>

#include "machine/descriptors.h"
#include "machine/exceptions.h"
#include "processors/local_apic.h"

/* "Valid Interrupt Vectors": behind the exceptions'. */
#define VECTOR_TIMER EXCEPTION_COUNT
/* "Spurious Interrupt": on old processors the lowest four bits are 1. */
#define VECTOR_SPURIOUS (VECTOR_COUNT - 1)

_Static_assert(VECTOR_SPURIOUS % 16 == 15 && VECTOR_SPURIOUS > VECTOR_TIMER,
	       "a vector for an interrupt that nobody wants");

/* In interrupts.asm. */
extern char interrupt_entry_timer[], interrupt_entry_spurious[];

static void (*volatile timer_handler)(void);
static volatile bool has_struck;

/* Called by interrupts.asm, interrupts off. */
void interrupt_timer(void);

/*
 * "Signaling Interrupt Servicing Completion": first, because a test may end in its
 * handler.  The next one waits all the same until interrupts are on again.
 */
void interrupt_timer(void)
{
	void (*handler)(void) = timer_handler;

	has_struck = true;
	local_apic_end_of_interrupt();
	if (handler)
		handler();
}

const char *interrupts_init(void)
{
	const char *wrong = local_apic_init();

	if (wrong)
		return wrong;
	descriptors_set_gate(VECTOR_TIMER, (uint64_t)interrupt_entry_timer);
	descriptors_set_gate(VECTOR_SPURIOUS,
			     (uint64_t)interrupt_entry_spurious);
	local_apic_enable(VECTOR_SPURIOUS);
	return NULL;
}

void interrupts_timer_start(void (*handler)(void), uint32_t ticks, bool again)
{
	timer_handler = handler;
	has_struck = false;
	local_apic_timer_start(VECTOR_TIMER, ticks, again);
}

void interrupts_timer_stop(void)
{
	local_apic_timer_stop();
	timer_handler = NULL;
}

bool interrupts_timer_has_struck(void)
{
	return has_struck || local_apic_is_requested(VECTOR_TIMER);
}
