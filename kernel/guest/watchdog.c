#include "guest/watchdog.h"

#include "guest/acpi.h"
#include "lib/console.h"
#include "lib/verdict.h"
#include "machine.h"
#include "machine/backtrace.h"
#include "machine/cpu.h"
#include "machine/tables.h"
#include "processors/second.h"
#include "runner/isolate.h"

/*
 * The timer's channel 0 (Intel 8254) in mode 0: its output goes low when the
 * counter is set and high when it has run out, and stays so.  That lets us ask it
 * whether an interrupt was its own.  At 1,193,182 Hz the longest count is a tick.
 */
#define PIT_CHANNEL_0 0x40
#define PIT_COMMAND 0x43
#define PIT_SET_MODE_0 0x30 /* two bytes follow */
#define PIT_READ_STATUS 0xe2
#define PIT_STATUS_EXPIRED (0x80 | PIT_SET_MODE_0)
#define PIT_LONGEST 0 /* 65536 */
#define PIT_SHORT 1193 /* 1 ms */
#define TICKS_PER_SECOND 18

/* The two old interrupt controllers are not used: mask all their lines. */
#define PIC1_MASK 0x21
#define PIC2_MASK 0xa1

/* I/O APIC, Intel 82093AA 3.0: an index register and a window. */
#define IO_APIC_WINDOW 0x10
#define IO_APIC_SIZE 0x20
#define IO_APIC_REDIRECTION(pin) (0x10 + 2 * (pin))
#define IO_APIC_DELIVER_NMI (4 << 8) /* edge-triggered */
#define IO_APIC_PROCESSOR_SHIFT 24 /* in the upper half */

_Static_assert(WATCHDOG_CALL_SECONDS * 1000000000ull / 128 >=
		       MACHINE_CALL_INSTRUCTIONS,
	       "no call hangs before machine.h says so");

#define TICKS_OF_CALL (WATCHDOG_CALL_SECONDS * TICKS_PER_SECOND)

static volatile bool has_ticked;
static volatile unsigned ticks_left; /* of a call; 0: disarmed */
static volatile unsigned ticks; /* since a call has returned */
static volatile unsigned test_ticks_left;
static bool has_hung; /* a test, in this boot or an earlier one */

static void timer_set(uint16_t count)
{
	cpu_out8(PIT_CHANNEL_0, count & 0xff);
	cpu_out8(PIT_CHANNEL_0, count >> 8);
}

static bool timer_has_expired(void)
{
	cpu_out8(PIT_COMMAND, PIT_READ_STATUS);
	return cpu_in8(PIT_CHANNEL_0) == PIT_STATUS_EXPIRED;
}

static void route_as_nmi(const struct timer_route *route,
			 volatile uint32_t *registers)
{
	uint32_t index = IO_APIC_REDIRECTION(route->pin);

	registers[0] = index + 1;
	registers[IO_APIC_WINDOW / sizeof(*registers)] =
		(uint32_t)route->processor << IO_APIC_PROCESSOR_SHIFT;
	registers[0] = index;
	registers[IO_APIC_WINDOW / sizeof(*registers)] = IO_APIC_DELIVER_NMI;
}

/* Takes far longer than the first tick does, and less than a second. */
#define FIRST_TICK_LOOKS 100000

/* NULL, or why there will be no ticks. */
static const char *start_ticking(uint64_t acpi_root)
{
	struct timer_route route;
	volatile uint32_t *registers;
	const char *wrong = acpi_timer_route(&route, acpi_root, tables_read);

	if (wrong)
		return wrong;
	registers = tables_map_device(route.io_apic, IO_APIC_SIZE);
	if (!registers)
		return "ACPI's I/O APIC lies where there can be none";
	cpu_out8(PIT_COMMAND, PIT_SET_MODE_0); /* stopped until it is set */
	route_as_nmi(&route, registers);
	timer_set(PIT_SHORT);
	for (int i = 0; i < FIRST_TICK_LOOKS && !has_ticked; i++)
		cpu_in8(PIT_CHANNEL_0); /* takes about a microsecond */
	return has_ticked ? NULL : "the timer's interrupt does not arrive";
}

void watchdog_init(uint64_t acpi_root, bool hung_before)
{
	const char *wrong;

	has_hung = hung_before;
	cpu_out8(PIC1_MASK, 0xff);
	cpu_out8(PIC2_MASK, 0xff);
	wrong = start_ticking(acpi_root);
	if (wrong)
		kprintf("Cairn: no watchdog, a hang will last: %s\n", wrong);
}

void watchdog_start(void)
{
	test_ticks_left = WATCHDOG_TEST_SECONDS * TICKS_PER_SECOND;
	ticks_left = TICKS_OF_CALL;
	ticks = 0;
}

/* A watchdog that is disarmed stays disarmed. */
void watchdog_call_returned(void)
{
	if (ticks_left > 0)
		ticks_left = TICKS_OF_CALL;
	ticks = 0;
}

void watchdog_stop(void)
{
	ticks_left = 0;
}

/* Whether the time of the call, or of the test, is up with this tick. */
static bool is_last_tick(void)
{
	unsigned taken = 1;

	if (has_hung && isolate_in_call)
		taken = WATCHDOG_CALL_SECONDS / WATCHDOG_LATER_CALL_SECONDS;
	ticks++;
	ticks_left -= ticks_left < taken ? ticks_left : taken;
	return ticks_left == 0 || --test_ticks_left == 0;
}

bool watchdog_tick(struct exception_frame *frame)
{
	if (!timer_has_expired())
		return false;
	has_ticked = true;
	timer_set(PIT_LONGEST);
	if (ticks_left == 0 || !is_last_tick())
		return true;
	runner_verdict("hang");
	kprintf("  hang: still running after %u s of the machine's time\n",
		ticks_left > 0 ? WATCHDOG_TEST_SECONDS :
				 ticks / TICKS_PER_SECOND);
	backtrace_print(frame->rip, frame->rbp);
	second_backtrace();
	if (!exception_is_survived(frame))
		machine_exit(MACHINE_EXIT_HANG);
	has_hung = true;
	return true;
}
