#include "machine/descriptors.h"

#include <stddef.h>
#include <stdint.h>

#include "machine/cpu.h"
#include "machine/exceptions.h"
#include "machine/stacks.h"

/* Code and data descriptors, Intel SDM 3A 3.4.5: type, S, P, and L for code. */
#define DESCRIPTOR_CODE_64BIT 0x00209a0000000000ull
#define DESCRIPTOR_DATA 0x0000920000000000ull

/* Intel SDM 3A 8.7. */
struct __attribute__((packed)) task_state {
	uint32_t reserved0;
	uint64_t privilege_stacks[3];
	uint64_t reserved1;
	uint64_t interrupt_stacks[7]; /* IST1 is the first */
	uint64_t reserved2;
	uint16_t reserved3;
	uint16_t io_map;
};

_Static_assert(sizeof(struct task_state) == 104, "Intel SDM 3A, figure 8-11");

/* Intel SDM 3A 6.14.1, figure 6-8. */
struct gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t stack; /* 0: the current one; else the number of the IST */
	uint8_t type;
	uint16_t offset_middle;
	uint32_t offset_high;
	uint32_t reserved;
};

#define GATE_INTERRUPT_PRESENT 0x8e

struct __attribute__((packed)) table_pointer {
	uint16_t limit;
	uint64_t base;
};

static struct task_state task_states[MACHINE_PROCESSORS];
static uint64_t gdt[3 + 2 * MACHINE_PROCESSORS] = { 0, DESCRIPTOR_CODE_64BIT,
						DESCRIPTOR_DATA };
static struct gate idt[VECTOR_COUNT];

/* A task state descriptor takes two slots: Intel SDM 3A 8.2.3, figure 8-4. */
#define TASK_STATE_PRESENT 0x0000890000000000ull

static void fill_task_state(unsigned processor)
{
	struct task_state *state = &task_states[processor];
	uint64_t *slots = &gdt[SELECTOR_TASK_STATE / 8 + 2 * processor];
	uint64_t base = (uint64_t)state;

	for (int use = STACK_DOUBLE_FAULT; use < STACK_COUNT; use++)
		state->interrupt_stacks[use - 1] = stack_top(processor, use);
	state->io_map = sizeof(*state);
	slots[0] = TASK_STATE_PRESENT | (sizeof(*state) - 1) |
		   (base & 0xffffff) << 16 | (base >> 24 & 0xff) << 56;
	slots[1] = base >> 32;
}

static const uint8_t stack_of[VECTOR_COUNT] = {
	[EXCEPTION_DOUBLE_FAULT] = STACK_DOUBLE_FAULT,
	[EXCEPTION_PAGE_FAULT] = STACK_PAGE_FAULT,
	[EXCEPTION_NMI] = STACK_NMI,
};

void descriptors_set_gate(unsigned vector, uint64_t entry)
{
	idt[vector] = (struct gate){
		.offset_low = entry & 0xffff,
		.selector = SELECTOR_CODE,
		.stack = stack_of[vector],
		.type = GATE_INTERRUPT_PRESENT,
		.offset_middle = entry >> 16 & 0xffff,
		.offset_high = entry >> 32,
	};
}

unsigned descriptors_processor(void)
{
	uint16_t selector = cpu_task_register();

	return selector ? (selector - SELECTOR_TASK_STATE) / 16u : 0;
}

/* In descriptors_load.asm. */
void descriptors_load(const struct table_pointer *gdt_pointer,
		      const struct table_pointer *idt_pointer,
		      uint16_t task_state);

void descriptors_init(unsigned processor)
{
	struct table_pointer gdt_pointer = { sizeof(gdt) - 1, (uint64_t)gdt };
	struct table_pointer idt_pointer = { sizeof(idt) - 1, (uint64_t)idt };

	fill_task_state(processor);
	for (unsigned i = 0; processor == 0 && i < EXCEPTION_COUNT; i++)
		descriptors_set_gate(i, exception_entries[i]);
	descriptors_load(&gdt_pointer, &idt_pointer,
			 SELECTOR_TASK_STATE + 16 * processor);
}
