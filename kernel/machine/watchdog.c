#include "machine/watchdog.h"

#include "layout.h"
#include "lib/console.h"
#include "machine.h"
#include "machine/backtrace.h"
#include "machine/cpu.h"
#include "runner/runner.h"

/* The timer's channel 0 as a rate generator (Intel 8254, "Mode 2"). */
#define PIT_CHANNEL_0 0x40
#define PIT_COMMAND 0x43
#define PIT_RATE_GENERATOR 0x34
#define PIT_DIVISOR_65536 0 /* 1,193,182 Hz / 65536 = 18.2 Hz */
#define TICKS_PER_SECOND 18

/* The two old interrupt controllers are not used: mask all their lines. */
#define PIC1_MASK 0x21
#define PIC2_MASK 0xa1

/* I/O APIC, Intel 82093AA 3.0: an index register and a window. */
#define IO_APIC_ADDRESS 0xfec00000
#define IO_APIC_WINDOW 0x10
#define IO_APIC_REDIRECTION(pin) (0x10 + 2 * (pin))
#define IO_APIC_PIN_PIT 2 /* ACPI's usual override of ISA interrupt 0 */
#define IO_APIC_DELIVER_NMI (4 << 8) /* to APIC 0, edge-triggered */

static volatile bool ticking;
static volatile unsigned ticks_left; /* 0: nothing is minded */

static void io_apic_write(uint8_t index, uint32_t value)
{
	volatile uint32_t *registers =
		(void *)(DIRECT_MAP_BASE + IO_APIC_ADDRESS);

	registers[0] = index;
	registers[IO_APIC_WINDOW / sizeof(*registers)] = value;
}

void watchdog_init(void)
{
	cpu_out8(PIC1_MASK, 0xff);
	cpu_out8(PIC2_MASK, 0xff);
	cpu_out8(PIT_COMMAND, PIT_RATE_GENERATOR);
	cpu_out8(PIT_CHANNEL_0, PIT_DIVISOR_65536);
	cpu_out8(PIT_CHANNEL_0, PIT_DIVISOR_65536);
	ticking = true;
	io_apic_write(IO_APIC_REDIRECTION(IO_APIC_PIN_PIT) + 1, 0);
	io_apic_write(IO_APIC_REDIRECTION(IO_APIC_PIN_PIT),
		      IO_APIC_DELIVER_NMI);
}

void watchdog_start(void)
{
	ticks_left = WATCHDOG_SECONDS * TICKS_PER_SECOND;
}

void watchdog_stop(void)
{
	ticks_left = 0;
}

bool watchdog_tick(const struct exception_frame *frame)
{
	if (!ticking)
		return false;
	if (ticks_left == 0 || --ticks_left > 0)
		return true;
	runner_verdict("hang");
	kprintf("  hang: still running after %d seconds of the machine's time\n",
		WATCHDOG_SECONDS);
	backtrace_print(frame->rip, frame->rbp);
	machine_exit(MACHINE_EXIT_HANG);
}
