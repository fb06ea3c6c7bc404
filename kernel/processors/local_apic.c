#include "processors/local_apic.h"

#include <stddef.h>

#include "machine/tables.h"

/* "Local APIC Status and Location". */
#define MSR_APIC_BASE 0x1b
#define APIC_BASE_X2APIC (1 << 10)
#define APIC_BASE_ENABLED (1 << 11)
#define APIC_BASE_ADDRESS 0x000ffffffffff000ull

/* "The Local APIC Block Diagram", table "Local APIC Register Address Map". */
enum reg {
	END_OF_INTERRUPT = 0xb0,
	SPURIOUS_VECTOR = 0xf0,
	REQUESTED = 0x200, /* a bit for each vector, 32 in a register */
	COMMAND_LOW = 0x300, /* writing this half sends */
	COMMAND_HIGH = 0x310,
	TIMER_VECTOR = 0x320,
	TIMER_INITIAL_COUNT = 0x380,
	TIMER_DIVIDE = 0x3e0,
	REGISTERS_SIZE = 0x400,
};

#define SPURIOUS_APIC_ENABLED (1 << 8)

/* "Interrupt Command Register (ICR)". */
#define COMMAND_PENDING (1 << 12)
#define COMMAND_ASSERT (1 << 14)
#define COMMAND_PROCESSOR_SHIFT 24

/* "APIC Timer". */
#define TIMER_MASKED (1 << 16)
#define TIMER_PERIODIC (1 << 17)
#define TIMER_DIVIDE_BY_16 3

static volatile uint32_t *registers;

static uint32_t apic_read(enum reg reg)
{
	return registers[reg / sizeof(*registers)];
}

static void apic_write(enum reg reg, uint32_t value)
{
	registers[reg / sizeof(*registers)] = value;
}

static uint64_t read_base(void)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(MSR_APIC_BASE));
	return (uint64_t)high << 32 | low;
}

const char *local_apic_init(void)
{
	uint64_t base = read_base();

	if (!(base & APIC_BASE_ENABLED))
		return "the local APIC is switched off";
	if (base & APIC_BASE_X2APIC)
		return "the local APIC has no registers in memory (x2APIC)";
	if (!registers)
		registers = tables_map_device(base & APIC_BASE_ADDRESS,
					      REGISTERS_SIZE);
	return registers ? NULL : "the local APIC lies where there can be none";
}

void local_apic_enable(uint8_t spurious_vector)
{
	apic_write(TIMER_VECTOR, TIMER_MASKED);
	apic_write(SPURIOUS_VECTOR, SPURIOUS_APIC_ENABLED | spurious_vector);
}

void local_apic_end_of_interrupt(void)
{
	apic_write(END_OF_INTERRUPT, 0);
}

void local_apic_timer_start(uint8_t vector, uint32_t ticks, bool again)
{
	apic_write(TIMER_DIVIDE, TIMER_DIVIDE_BY_16);
	apic_write(TIMER_VECTOR, again ? TIMER_PERIODIC | vector : vector);
	apic_write(TIMER_INITIAL_COUNT, ticks);
}

void local_apic_timer_stop(void)
{
	if (registers)
		apic_write(TIMER_VECTOR, TIMER_MASKED);
}

bool local_apic_is_requested(uint8_t vector)
{
	return apic_read(REQUESTED + 0x10 * (vector / 32)) >> vector % 32 & 1;
}

void local_apic_send(uint8_t apic, enum local_apic_message message,
		     uint8_t page)
{
	if (!registers)
		return;
	apic_write(COMMAND_HIGH, (uint32_t)apic << COMMAND_PROCESSOR_SHIFT);
	apic_write(COMMAND_LOW, COMMAND_ASSERT | message | page);
	while (apic_read(COMMAND_LOW) & COMMAND_PENDING)
		;
}
