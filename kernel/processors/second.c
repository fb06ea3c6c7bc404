#include "processors/second.h"

#include <stddef.h>
#include <stdint.h>

#include "guest/acpi.h"
#include "guest/find_free.h"
#include "layout.h"
#include "lib/console.h"
#include "lib/string.h"
#include "machine.h"
#include "machine/backtrace.h"
#include "machine/cpu.h"
#include "machine/descriptors.h"
#include "machine/stacks.h"
#include "machine/tables.h"
#include "processors/interrupts.h"
#include "processors/local_apic.h"

#define SECOND 1 /* its number */

/* The PC's port for diagnostic codes: to read it takes about a microsecond. */
#define DELAY_PORT 0x80

/* Intel SDM 3A, "Typical BSP Initialization Sequence". */
#define DELAY_AFTER_INIT 10000 /* microseconds */
#define DELAY_AFTER_START_UP 200
#define DELAY_FOR_AN_ANSWER 1000000

/* Around what trampoline.asm runs in real mode; it belongs below 1 MiB. */
extern char trampoline_start[], trampoline_end[];

/* What second_entry.asm reads. */
extern uint64_t second_root, second_stack;
uint64_t second_root, second_stack;

static uint8_t apic_of[MACHINE_PROCESSORS];
static uint64_t trampoline_page; /* its physical address; 0: not found */
static void (*function_to_call)(void);
static bool is_awake; /* between start and park */
static bool has_begun, is_done; /* written by the second processor */

/* An emulator of both processors turns to the other one at a pause. */
static void delay(unsigned microseconds)
{
	while (microseconds-- > 0) {
		cpu_in8(DELAY_PORT);
		__builtin_ia32_pause();
	}
}

const char *second_init(const struct boot_info *info)
{
	const char *wrong = interrupts_init();

	if (wrong)
		return wrong;
	for (unsigned i = 0; i < MACHINE_PROCESSORS; i++)
		if (!acpi_processor(i, &apic_of[i], info->acpi_root,
				    tables_read))
			return "this machine has one processor only";
	trampoline_page = find_free(info, PAGE_SIZE, LOW_MEMORY_END).start;
	return trampoline_page ? NULL : "there is no free page below 1 MiB";
}

/* Where the second processor arrives in C. */
_Noreturn void second_main(void);

void second_main(void)
{
	descriptors_init(SECOND);
	__atomic_store_n(&has_begun, true, __ATOMIC_RELEASE);
	function_to_call();
	__atomic_store_n(&is_done, true, __ATOMIC_RELEASE);
	for (;;)
		cpu_halt();
}

/* "Typical BSP Initialization Sequence": INIT, and start-up twice. */
static void send_start(void)
{
	uint8_t page = trampoline_page / PAGE_SIZE;

	local_apic_send(apic_of[SECOND], MESSAGE_INIT, 0);
	delay(DELAY_AFTER_INIT);
	for (int i = 0; i < 2; i++) {
		local_apic_send(apic_of[SECOND], MESSAGE_START_UP, page);
		delay(DELAY_AFTER_START_UP);
	}
}

static bool begins_in_time(void)
{
	for (int i = 0; i < DELAY_FOR_AN_ANSWER; i++) {
		if (__atomic_load_n(&has_begun, __ATOMIC_ACQUIRE))
			return true;
		delay(1);
	}
	return false;
}

/* The page is only borrowed: somebody may be given its frame. */
const char *second_start(void (*function)(void))
{
	size_t size = (size_t)(trampoline_end - trampoline_start);
	char *page = (char *)(DIRECT_MAP_BASE + trampoline_page);
	char borrowed[256];

	if (!trampoline_page)
		return "no second processor has been found";
	function_to_call = function;
	second_root = machine_root().start;
	second_stack = stack_top(SECOND, STACK_KERNEL);
	has_begun = is_done = false;
	memcpy(borrowed, page, size);
	memcpy(page, (char *)DIRECT_MAP_BASE + (uint64_t)trampoline_start,
	       size);
	is_awake = true;
	send_start();
	is_awake = begins_in_time();
	memcpy(page, borrowed, size);
	return is_awake ? NULL : "the second processor does not answer";
}

bool second_is_done(void)
{
	return __atomic_load_n(&is_done, __ATOMIC_ACQUIRE);
}

/* The number of the processor that runs alone. */
#define NOBODY MACHINE_PROCESSORS
static unsigned alone = NOBODY;

/* Where the other one was, for its backtrace. */
static uint64_t stopped_rip, stopped_rbp;

_Noreturn static void stop(void)
{
	for (;;)
		cpu_halt();
}

void second_park(void)
{
	if (is_awake) {
		local_apic_send(apic_of[SECOND], MESSAGE_INIT, 0);
		delay(DELAY_AFTER_START_UP);
	}
	is_awake = false;
	alone = NOBODY;
	stopped_rip = 0;
}

void second_stop_others(void)
{
	unsigned self = descriptors_processor(), other = SECOND - self;
	unsigned who = NOBODY;

	if (!__atomic_compare_exchange_n(&alone, &who, self, false,
					 __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) &&
	    who != self)
		stop();
	if (is_awake)
		local_apic_send(apic_of[other], MESSAGE_NMI, 0);
}

void second_obey(const struct exception_frame *frame)
{
	unsigned who = __atomic_load_n(&alone, __ATOMIC_ACQUIRE);

	if (who == NOBODY || who == descriptors_processor())
		return;
	stopped_rbp = frame->rbp;
	__atomic_store_n(&stopped_rip, frame->rip, __ATOMIC_RELEASE);
	stop();
}

void second_backtrace(void)
{
	if (!is_awake || second_is_done())
		return;
	for (int i = 0; i < DELAY_FOR_AN_ANSWER &&
			!__atomic_load_n(&stopped_rip, __ATOMIC_ACQUIRE); i++)
		delay(1);
	kprintf("  the second processor:\n");
	backtrace_print(stopped_rip, stopped_rbp);
}
