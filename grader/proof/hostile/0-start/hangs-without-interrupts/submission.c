
/* cli; jmp . */
#define STOP 0x9090909090feebfaull
static void hide_stop(void)
{
	hiding_place = STOP;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	hidden_in(hide_stop, ~STOP)(0, 0);
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
