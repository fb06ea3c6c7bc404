/* The kernel's side of test/hardware.h. */
#include "test/hardware.h"

#include "guest/isolate_unwind.h"
#include "lib/panic.h"
#include "machine/cpu.h"
#include "processors/interrupts.h"
#include "processors/second.h"

const struct boot_info *hardware_boot_info(void)
{
	return isolate_boot_info();
}

uint64_t hardware_clock(void)
{
	return cpu_read_time_stamp();
}

void hardware_second_start(void (*function)(void))
{
	const char *wrong = second_init(isolate_boot_info());

	if (!wrong)
		wrong = second_start(function);
	require(!wrong, "this test needs a second processor, but %s", wrong);
}

void hardware_second_wait(void)
{
	while (!second_is_done())
		__builtin_ia32_pause();
}

void hardware_timer_start(void (*handler)(void), uint32_t ticks, bool again)
{
	const char *wrong = interrupts_init();

	require(!wrong, "this test needs the timer's interrupt, but %s", wrong);
	interrupts_timer_start(handler, ticks, again);
}

void hardware_timer_stop(void)
{
	interrupts_timer_stop();
}

bool hardware_timer_has_struck(void)
{
	return interrupts_timer_has_struck();
}
