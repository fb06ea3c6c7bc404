/* The host's side of test/hardware.h: test_needs_hardware has ended a test that needs it. */
#include "test/hardware.h"

#include <stddef.h>

#include "host/host.h"

const struct boot_info *hardware_boot_info(void)
{
	return NULL;
}

uint64_t hardware_clock(void)
{
	return 0;
}

_Noreturn static void give_up(void)
{
	host_give_up("a test uses hardware without test_needs_hardware");
}

void hardware_second_start(void (*function)(void))
{
	(void)function;
	give_up();
}

void hardware_second_wait(void)
{
	give_up();
}

void hardware_timer_start(void (*handler)(void), uint32_t ticks, bool again)
{
	(void)handler;
	(void)ticks;
	(void)again;
	give_up();
}

void hardware_timer_stop(void)
{
	give_up();
}

bool hardware_timer_has_struck(void)
{
	give_up();
}
